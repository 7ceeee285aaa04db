namespace InitDsl.Tests;

/// <summary>Writing into tensors: every dtype and layout, and what must stay as it is.</summary>
public class StoreTests
{
    public static TheoryData<ScalarType> Types => new(
        ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64,
        ScalarType.Int8, ScalarType.Byte, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Bool);

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_dtype_is_written_and_read_in_every_layout(ScalarType type)
    {
        foreach ((string layout, Tensor tensor) in Layouts(type))
        {
            using (tensor)
            {
                TorchParameterStore store = StoreOf(tensor);
                Assert.Null(store.WhyNotWritable());
                int size = (int)tensor.ElementSize;
                byte[] pattern = [.. Enumerable.Range(0, (int)tensor.numel() * size).Select(i => (byte)((i * 7) & 1))];
                long next = 0;
                store.Write((start, run) =>
                {
                    Assert.Equal(next, start);
                    pattern.AsSpan((int)start * size, run.Length).CopyTo(run);
                    next += run.Length / size;
                });
                Assert.Equal(tensor.numel(), next);
                Assert.Equal(pattern, tensor.Bytes());

                byte[] read = new byte[pattern.Length];
                store.Read((start, run) => run.CopyTo(read.AsSpan((int)start * size)));
                Assert.True(pattern.AsSpan().SequenceEqual(read), $"{layout} {type}");
            }
        }
    }

    [Fact]
    public void Layouts_do_not_change_the_values()
    {
        byte[]? expected = null;
        foreach ((string layout, Tensor tensor) in Layouts(ScalarType.Float32).Where(found => found.Layout is not ("scalar" or "empty")))
        {
            using (tensor)
            {
                tensor.Initialize(Normal(), seed: 5);
                expected ??= tensor.Bytes();
                Assert.True(expected.AsSpan().SequenceEqual(tensor.Bytes()), layout);
            }
        }
    }

    /// <summary>A law: what is drawn depends on the shape and the seed, not on how the elements lie in memory.</summary>
    [Property(MaxTest = 200)]
    public Property Any_permuted_slice_gets_the_values_of_a_plain_tensor()
    {
        var cases =
            from rank in Gen.Choose(1, 4)
            from sizes in Gen.Choose(0, 6).ArrayOf(rank)
            from order in Gen.Shuffle(Enumerable.Range(0, rank).ToArray())
            from margin in Gen.Choose(0, 3)
            from seed in Gen.Choose(int.MinValue, int.MaxValue)
            select (sizes, order, margin, seed);
        return Prop.ForAll(cases.ToArbitrary(), test =>
        {
            // Memory in another order of axes, with a margin that must stay as it is.
            long[] sizes = [.. test.sizes.Select(size => (long)size)];
            long[] stored = [.. test.order.Select(axis => sizes[axis])];
            using Tensor memory = full([.. stored.Select(size => size + (2 * test.margin))], 7f);
            using Tensor permuted = memory.permute([.. Enumerable.Range(0, sizes.Length).Select(axis => (long)Array.IndexOf(test.order, axis))]);
            Tensor view = permuted.alias();
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                view = view.narrow(axis, test.margin, sizes[axis]);
            }

            using Tensor plain = zeros(sizes);
            view.Initialize(Uniform(1, 2), seed: test.seed);
            plain.Initialize(Uniform(1, 2), seed: test.seed);
            Assert.Equal(plain.Bytes(), view.Bytes());
            Assert.Equal(memory.numel() - view.numel(), memory.Doubles().Count(value => value == 7));
        });
    }

    [Fact]
    public void A_large_non_contiguous_tensor_goes_through_scratch_in_parts()
    {
        using Tensor wide = empty(3000, 2100);
        using Tensor transposed = wide.t();
        using Tensor plain = empty(2100, 3000);
        int runs = 0;
        StoreOf(transposed).Write((_, run) => runs++);
        Assert.InRange(runs, 2, 10);
        transposed.Initialize(Uniform(-1, 1), seed: 9);
        plain.Initialize(Uniform(-1, 1), seed: 9);
        Assert.True(plain.Bytes().AsSpan().SequenceEqual(transposed.Bytes()));
    }

    [Fact]
    public void Runs_and_addresses_go_beyond_two_gibibytes()
    {
        const long Rows = 3L << 30;
        Assert.SkipUnless(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 8L << 30, "Needs 8 GiB of memory.");
        using Tensor tensor = empty(Rows, dtype: ScalarType.Int8);
        TorchParameterStore store = StoreOf(tensor);
        Assert.Null(store.WhyNotWritable());
        var runs = new List<(long Start, int Length)>();
        store.Write((start, run) =>
        {
            runs.Add((start, run.Length));
            run[0] = (byte)(runs.Count + 1);
            run[^1] = (byte)(runs.Count + 101);
        });
        Assert.Equal([(0, 1 << 30), (1L << 30, 1 << 30), (2L << 30, 1 << 30)], runs);
        Assert.Equal([2, 102, 3, 103, 4, 104], ((long[])[0, (1L << 30) - 1, 1L << 30, (2L << 30) - 1, 2L << 30, Rows - 1]).Select(at => (int)tensor[at].item<sbyte>()));
    }

    [Fact]
    public void The_address_is_the_one_that_the_native_library_has()
    {
        using Tensor tensor = zeros(4, 5);
        using Tensor view = tensor.narrow(1, 2, 2);
        Assert.Equal(FirstByte(tensor), TensorMemory.Pointer(tensor));
        Assert.Equal(FirstByte(view), TensorMemory.Pointer(view));
        Assert.Equal(TensorMemory.Pointer(tensor) + 8, TensorMemory.Pointer(view));
        using Tensor none = zeros(0);
        Assert.Equal(0, TensorMemory.Pointer(none));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Backward_through_a_graph_from_before_is_refused(bool scalar)
    {
        foreach (RandomSource source in (RandomSource[])[RandomSource.Philox(1), RandomSource.Torch(1)])
        {
            using Parameter weight = scalar ? Parameter(tensor(2f)) : Parameter(ones(3, 4));
            using Tensor square = weight * weight;
            using Tensor loss = square.sum();
            weight.Initialize(Normal(), source);
            Exception stale = Assert.ThrowsAny<Exception>(() => loss.backward());
            Assert.Contains("modified by an inplace operation", stale.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Compiling_and_reading_leave_a_graph_alone()
    {
        using Linear layer = Linear(3, 2);
        using Tensor square = layer.weight * layer.weight;
        using Tensor loss = square.sum();
        Plan plan = When<Linear>().Weight(Kaiming).Bias(Zeros).Compile(layer, seed: 1);
        plan.Verify();
        loss.backward();
        Assert.NotNull(layer.weight.grad);
    }

    [Fact]
    public void The_parameter_object_its_gradient_and_its_flags_stay()
    {
        using Linear layer = Linear(3, 2);
        Parameter weight = layer.weight;
        using Tensor input = ones(4, 3);
        using (Tensor output = layer.forward(input))
        using (Tensor loss = output.sum())
        {
            loss.backward();
        }

        byte[] gradient = weight.grad!.Bytes();
        nint pointer = TensorMemory.Pointer(weight);
        using optim.Optimizer optimizer = optim.SGD(layer.parameters(), 0.1);
        layer.Initialize(When<Linear>().Weight(Ones).Bias(Zeros), seed: 1);
        Assert.Same(weight, layer.weight);
        Assert.True(weight.requires_grad && weight.is_leaf);
        Assert.Equal(gradient, weight.grad!.Bytes());
        Assert.Equal(pointer, TensorMemory.Pointer(weight));

        optimizer.step();
        Assert.All(weight.Doubles(), value => Assert.Equal(1 - (0.1 * 4), value, 1e-6));
    }

    [Fact]
    public void Values_given_as_a_tensor_are_a_copy_of_any_dtype()
    {
        using Tensor source = arange(6, dtype: ScalarType.Int32).reshape(3, 2).t();
        using Linear layer = Linear(3, 2, hasBias: false);
        Plan plan = When<Linear>().Weight(Values(source)).Compile(layer, seed: 1);
        source.fill_(9);
        plan.Apply();
        Assert.Equal([0, 2, 4, 1, 3, 5], layer.weight.Doubles());

        using Tensor half = ones(2, 3, dtype: ScalarType.BFloat16, requires_grad: true);
        layer.Initialize(When<Linear>().Weight(Values(half)), seed: 1);
        Assert.All(layer.weight.Doubles(), value => Assert.Equal(1, value));

        using Tensor none = zeros(2, 0, 3);
        Assert.Empty(TensorValues.Read(none)!.Value.Values);
        Assert.Null(TensorValues.Read("no tensor"));
    }

    [Fact]
    public void A_tensor_without_readable_values_is_refused_with_the_reason()
    {
        using Linear layer = Linear(3, 2, hasBias: false);
        using Tensor complex = ones(2, 3, dtype: ScalarType.ComplexFloat32);
        using Tensor meta = ones(2, 3, device: META);
        Tensor gone = ones(2, 3);
        gone.Dispose();
        foreach ((Tensor tensor, string why) in (ReadOnlySpan<(Tensor, string)>)[(complex, "has complex elements"), (meta, "is on the meta device and has no values"), (gone, "has been disposed")])
        {
            Assert.Contains(
                $"weight [2, 3] of Linear: The tensor given to Values {why}. Rule: When<Linear>().Weight(Values(tensor)).",
                Assert.Throws<InitException>(() => When<Linear>().Weight(Values(tensor)).Compile(layer, seed: 1)).Message,
                StringComparison.Ordinal);
        }
    }

    internal static TorchParameterStore StoreOf(Tensor tensor) => (TorchParameterStore)new SingleTensor(tensor).Stores[0];

    private static IEnumerable<(string Layout, Tensor Tensor)> Layouts(ScalarType type)
    {
        yield return ("contiguous", zeros(4, 3, 2, 5, dtype: type));
        yield return ("offset", zeros(7, 3, 2, 5, dtype: type).narrow(0, 2, 4));
        yield return ("channels last", zeros(4, 2, 5, 3, dtype: type).permute(0, 3, 1, 2));
        yield return ("transposed", zeros(3, 4, 2, 5, dtype: type).transpose(0, 1));
        yield return ("columns of a wider one", zeros(4, 3, 2, 9, dtype: type).narrow(3, 2, 5));
        yield return ("every other", zeros(4, 3, 2, 10, dtype: type).as_strided([4, 3, 2, 5], [60, 20, 10, 2], 1));
        yield return ("scalar", zeros([], dtype: type));
        yield return ("empty", zeros(3, 0, dtype: type));
    }

    /// <summary>The address that TorchSharp's public members tell.</summary>
    private static unsafe nint FirstByte(Tensor tensor)
    {
        using Tensor detached = tensor.detach();
        using Tensor first = detached.as_strided([1], [1], tensor.storage_offset());
        fixed (byte* address = first.bytes)
        {
            return (nint)address;
        }
    }
}
