namespace InitDsl.Tests;

public class FillerTests
{
    private static readonly StreamKey Key = StreamKey.Of(7, "fc.weight");

    public static TheoryData<string> Laws => [.. AllLaws.Keys];

    private static Dictionary<string, (Law Law, int Elements)> AllLaws => new()
    {
        ["constant"] = (new ConstantLaw(0.3), 1000),
        ["uniform"] = (new UniformLaw(-0.3, 0.7), 1000),
        ["normal"] = (new NormalLaw(0.1, 0.7), 1000),
        ["truncated"] = (new TruncatedNormalLaw(0, 1, -2, 2), 1000),
        ["orthogonal"] = (new OrthogonalLaw(20, 50, 1.5), 1000),
        ["orthogonal tall"] = (new OrthogonalLaw(50, 20, 1.5), 1000),
        ["eye"] = (new EyeLaw(20, 50, 1), 1000),
        ["eye tall"] = (new EyeLaw(50, 20, 2), 1000),
        ["dirac"] = (new DiracLaw(new(20, 10, 5), 2, 1), 1000),
        ["sparse"] = (new SparseLaw(20, 50, 0.3, 1), 1000),
        ["values"] = (new ValuesLaw([.. Enumerable.Range(0, 1000).Select(i => i / 7.0)]), 1000),
        ["padded"] = (new PaddedLaw(new NormalLaw(0, 1), new(20, 50), 3), 1000),
        ["complex normal"] = (new ComplexLaw(new NormalLaw(0.5, 1), new NormalLaw(0, 1)), 2000),
        ["complex eye"] = (new ComplexLaw(new EyeLaw(20, 50, 1), new ConstantLaw(0)), 2000),
        ["log of uniform"] = (new LogOfUniformLaw(1, 783), 1000),
        ["hadamard"] = (new HadamardLaw(50, 20, 0.125), 1000),
        ["upsampling"] = (new UpsamplingLaw(new(10, 5, 5, 4), 1), 1000),
        ["clamped"] = (new ClampedLaw(new NormalLaw(0.1, 0.7), -0.5, 1), 1000),
        ["cast"] = (new CastLaw(new NormalLaw(0.1, 0.7), DType.BFloat16), 1000),
        ["scaled"] = (new ScaledLaw(new CastLaw(new UniformLaw(-1, 1), DType.Float16), -0.3), 1000),
        ["sum"] = (new SumLaw(new NormalLaw(0.1, 0.7), new EyeLaw(20, 50, 2)), 1000),
        ["masked"] = (new MaskedLaw(new UniformLaw(1, 2), ThirdOf(1000), -1), 1000),
        ["sliced"] = (new SlicedLaw([new("a", 300, new NormalLaw(0, 1)), new("b", 0, new ConstantLaw(1)), new("c", 700, new OrthogonalLaw(14, 50, 1))]), 1000),
        ["repeated"] = (new RepeatedLaw(new TruncatedNormalLaw(0, 1, -2, 2), 4, 25), 1000),
        ["repeated bias"] = (new RepeatedLaw(new NormalLaw(0, 1), 5, 1), 1000),
        ["centred"] = (new CentredLaw(new OrthogonalLaw(20, 10, 1), 5, 2), 1000),
        ["complex disk"] = (new DiskLaw(2), 2000),
        ["complex truncated"] = (new TruncatedComplexLaw(0.5, 2), 2000),
        ["complex centred"] = (new CentredLaw(new DiskLaw(1), 5, 2), 2000),
        ["complex masked"] = (new MaskedLaw(new ComplexLaw(new NormalLaw(0, 1), new NormalLaw(0, 1)), ThirdOf(1000)), 2000),
        ["complex sliced"] = (new SlicedLaw([new("a", 300, new DiskLaw(1)), new("b", 700, new ComplexLaw(new NormalLaw(0, 1), new NormalLaw(0, 1)))]), 2000),
        ["complex repeated"] = (new RepeatedLaw(new DiskLaw(1), 4, 25), 2000),
        ["complex padded"] = (new PaddedLaw(new ComplexLaw(new NormalLaw(0.5, 1), new NormalLaw(0, 1)), new(20, 50), 3), 2000),
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void Any_range_has_the_values_of_the_whole(string name)
    {
        (Law law, int elements) = AllLaws[name];
        float[] whole = new float[elements];
        double[] precise = new double[elements];
        Filler.Of(law, Key).Fill(0, whole.AsSpan());
        Filler.Of(law, Key).Fill(0, precise.AsSpan());
        Prop.ForAll<ushort, ushort>((a, b) =>
        {
            int from = Math.Min(a % (elements + 1), b % (elements + 1));
            int end = Math.Max(a % (elements + 1), b % (elements + 1));
            float[] part = new float[end - from];
            Filler.Of(law, Key).Fill(from, part.AsSpan());
            double[] precisePart = new double[end - from];
            Filler.Of(law, Key).Fill(from, precisePart.AsSpan());
            return part.AsSpan().SequenceEqual(whole.AsSpan(from..end))
                && precisePart.AsSpan().SequenceEqual(precise.AsSpan(from..end));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_runs_in_which_memory_is_handed_out_change_nothing(string name)
    {
        (Law law, int elements) = AllLaws[name];
        DType dtype = name.StartsWith("complex", StringComparison.Ordinal) ? DType.Complex64 : DType.Float32;
        int count = dtype == DType.Complex64 ? elements / 2 : elements;
        byte[] whole = Written(law, dtype, count, int.MaxValue);
        foreach (int run in (int[])[1, 3, 7, 128, 999])
        {
            Assert.Equal(whole, Written(law, dtype, count, run));
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Threads_filling_ranges_in_any_order_give_the_same_bits(string name)
    {
        (Law law, int elements) = AllLaws[name];
        float[] whole = new float[elements];
        Filler.Of(law, Key).Fill(0, whole.AsSpan());
        float[] parallel = new float[elements];
        Filler shared = Filler.Of(law, Key);
        Parallel.For(0, (elements / 37) + 1, new ParallelOptions { MaxDegreeOfParallelism = 8 }, part =>
        {
            int from = part * 37;
            shared.Fill(from, parallel.AsSpan(from, Math.Min(37, elements - from)));
        });
        Assert.Equal(whole, parallel);
    }

    [Fact]
    public void Lower_precisions_are_the_single_precision_value_rounded()
    {
        const int Count = 4099;
        var law = new NormalLaw(0, 1);
        float[] single = new float[Count];
        Filler.Of(law, Key).Fill(0, single.AsSpan());
        Half[] half = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(Written(law, DType.Float16, Count, 1000)).ToArray();
        ushort[] brain = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(Written(law, DType.BFloat16, Count, 1000)).ToArray();
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal((Half)single[i], half[i]);
            float nearest = BFloat16Bits.Widen(brain[i]);
            float error = Math.Abs(nearest - single[i]);
            Assert.True(error <= Math.Abs(BFloat16Bits.Widen((ushort)(brain[i] + 1)) - single[i]));
            Assert.True(error <= Math.Abs(BFloat16Bits.Widen((ushort)(brain[i] - 1)) - single[i]));
        }
    }

    [Theory]
    [InlineData(0x3F800000u, 0x3F80)]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x3F807FFFu, 0x3F80)]
    [InlineData(0xBF818000u, 0xBF82)]
    [InlineData(0x00000000u, 0x0000)]
    [InlineData(0x80000000u, 0x8000)]
    [InlineData(0x7F7FFFFFu, 0x7F80)]
    [InlineData(0x7FC00000u, 0x7FC0)]
    public void BFloat16_rounds_to_nearest_and_ties_to_even(uint bits, ushort expected) =>
        Assert.Equal(expected, BFloat16Bits.Round(BitConverter.UInt32BitsToSingle(bits)));

    [Fact]
    public void Every_integer_dtype_holds_its_smallest_and_largest_number()
    {
        (DType DType, double[] Ends)[] ends =
        [
            (DType.Int8, [-128, 127]),
            (DType.UInt8, [0, 255]),
            (DType.Int16, [-32768, 32767]),
            (DType.Int32, [int.MinValue, int.MaxValue]),
            (DType.Int64, [-9007199254740992, 9007199254740992]),
            (DType.Bool, [0, 1]),
            (DType.Float16, [-65504, 65504]),
            (DType.Float64, [double.MinValue, double.MaxValue]),
        ];
        Assert.All(ends, end =>
        {
            MemoryStore store = TestModel.Tensor(new(2), end.DType);
            new TestModel(store).Initialize(All.Weight(Dsl.Values(end.Ends)));
            Assert.Equal(end.Ends, store.Doubles);
        });
    }

    [Fact]
    public void A_uniform_law_has_the_very_bounds_it_was_given()
    {
        float[] values = new float[200_000];
        Filler.Of(new UniformLaw(1, 2), Key).Fill(0, values.AsSpan());
        Assert.InRange(values.Min(), 1f, 1.0001f);
        Assert.InRange(values.Max(), 1.9999f, 2f);
    }

    [Fact]
    public void Complex_parts_are_the_elements_of_the_stream_in_turn()
    {
        var law = new NormalLaw(0, 1 / Math.Sqrt(2));
        double[] plain = new double[100];
        double[] complex = new double[100];
        Filler.Of(law, Key).Fill(0, plain.AsSpan());
        Filler.Of(new ComplexLaw(law, law), Key).Fill(0, complex.AsSpan());
        Assert.Equal(plain, complex);
        byte[] bytes = Written(new ComplexLaw(law, law), DType.Complex128, 50, 7);
        Assert.Equal(plain, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes).ToArray());
        var store = TestModel.Tensor(new(50), DType.Complex128);
        Assert.Equal(new ComplexLaw(law, law), Compiling.LawOf(Normal(), store));
    }

    /// <summary>SHA-256 over what each law writes into each dtype: later changes of speed must not change a bit.</summary>
    [Theory]
    [InlineData("sparse", DType.Float32, "44586D387C9848E7")]
    [InlineData("sparse", DType.Float64, "313B22A9C6F9E540")]
    [InlineData("orthogonal", DType.Float32, "26C2B8F77C233F8A")]
    [InlineData("orthogonal tall", DType.Float64, "D54826DF73CA2115")]
    [InlineData("normal", DType.Float16, "3935E3ED7F69F28B")]
    [InlineData("normal", DType.BFloat16, "E74F05154094B61E")]
    [InlineData("truncated", DType.BFloat16, "8F8D6BF516704BB7")]
    [InlineData("uniform", DType.Float16, "8E26738115FA67EE")]
    [InlineData("padded", DType.Float32, "A77E412678F7E362")]
    [InlineData("complex normal", DType.Complex64, "EA58404FAE63C0F9")]
    [InlineData("complex normal", DType.Complex128, "709393F5B8CDA4E1")]
    [InlineData("log of uniform", DType.Float32, "F9376FB494E49F9C")]
    [InlineData("log of uniform", DType.Float64, "9D0B14F66E2B5C7E")]
    [InlineData("clamped", DType.Float32, "13BEAA887602F971")]
    [InlineData("cast", DType.Float32, "0ADDF47DD9D2B554")]
    [InlineData("scaled", DType.Float16, "2E7FF64E6B294006")]
    [InlineData("sum", DType.Float32, "F355F7E91DC54520")]
    [InlineData("masked", DType.Float32, "DAC922271C324B05")]
    [InlineData("repeated", DType.Float64, "D125433F8C44707E")]
    [InlineData("complex disk", DType.Complex64, "349338FB089D3EEE")]
    [InlineData("complex truncated", DType.Complex128, "F0FC1B401EF35E47")]
    [InlineData("complex sliced", DType.Complex64, "74CDDE7682C223FE")]
    public void What_is_written_stays_the_same_bits(string name, DType dtype, string hash)
    {
        (Law law, int elements) = AllLaws[name];
        byte[] bytes = Written(law, dtype, dtype.IsComplex() ? elements / 2 : elements, 300);
        Assert.Equal(hash, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))[..16]);
    }

    [Fact]
    public void Eye_has_its_ones_on_the_diagonal()
    {
        Assert.Equal([2, 0, 0, 0, 2, 0], Values(new EyeLaw(2, 3, 2), 6));
        Assert.Equal([1, 0, 0, 1, 0, 0], Values(new EyeLaw(3, 2, 1), 6));
    }

    [Fact]
    public void Dirac_passes_channels_through_in_each_group()
    {
        double[] values = Values(new DiracLaw(new(4, 2, 3), 2, 1), 24);
        int[] ones = [.. Enumerable.Range(0, 24).Where(i => values[i] != 0)];
        Assert.Equal([1, 10, 13, 22], ones);
        double[] square = Values(new DiracLaw(new(3, 2, 2, 3), 1, 5), 36);
        Assert.Equal([4, 22], Enumerable.Range(0, 36).Where(i => square[i] == 5));
        Assert.Equal(2, square.Count(value => value != 0));
    }

    [Property(MaxTest = 60)]
    public void Orthogonal_matrices_are_orthonormal_on_their_shorter_side(byte rows, byte columns, long seed)
    {
        int r = (rows % 40) + 1;
        int c = (columns % 40) + 1;
        double[] q = new double[r * c];
        Filler.Of(new OrthogonalLaw(r, c, 1), StreamKey.Of(seed, "w")).Fill(0, q.AsSpan());
        int count = Math.Min(r, c);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double product = 0;
                for (int k = 0; k < Math.Max(r, c); k++)
                {
                    product += r <= c ? q[(i * c) + k] * q[(j * c) + k] : q[(k * c) + i] * q[(k * c) + j];
                }

                Assert.Equal(i == j ? 1 : 0, product, 1e-12);
            }
        }
    }

    [Fact]
    public void Orthogonal_matrices_of_size_0_are_empty()
    {
        foreach (Shape shape in (Shape[])[new(0, 5), new(5, 0), new(0, 0)])
        {
            var model = new TestModel(TestModel.Tensor(shape));
            Assert.True(All.Weight(Orthogonal()).Compile(model).Steps[0].Law is OrthogonalLaw);
            Assert.Equal(0, model.Initialize(All.Weight(Orthogonal())).Entries[0].Found.Count);
        }
    }

    [Property(MaxTest = 60)]
    public void Sparse_columns_have_exactly_their_zeros(byte rows, byte columns, byte share, long seed)
    {
        int r = (rows % 30) + 1;
        int c = (columns % 30) + 1;
        double sparsity = (share % 101) / 100.0;
        double[] values = new double[r * c];
        Filler.Of(new SparseLaw(r, c, sparsity, 1), StreamKey.Of(seed, "w")).Fill(0, values.AsSpan());
        for (int column = 0; column < c; column++)
        {
            Assert.Equal((int)Math.Ceiling(sparsity * r), Enumerable.Range(0, r).Count(row => values[(row * c) + column] == 0));
        }
    }

    [Fact]
    public void Sparse_zeros_fall_on_every_row_alike()
    {
        const int Rows = 10;
        const int Columns = 20000;
        bool[] zero = Values(new SparseLaw(Rows, Columns, 0.3, 1), Rows * Columns).Select(value => value == 0).ToArray();
        double deviation = Math.Sqrt(Columns * 0.3 * 0.7);
        for (int row = 0; row < Rows; row++)
        {
            int count = zero.AsSpan(row * Columns, Columns).Count(true);
            Assert.InRange(count, (Columns * 0.3) - (6.5 * deviation), (Columns * 0.3) + (6.5 * deviation));
        }
    }

    private static ElementMask ThirdOf(int count) => new([.. Enumerable.Range(0, count).Select(i => i % 3 == 1)]);

    private static double[] Values(Law law, int count)
    {
        double[] values = new double[count];
        Filler.Of(law, Key).Fill(0, values.AsSpan());
        return values;
    }

    private static byte[] Written(Law law, DType dtype, int count, int run)
    {
        MemoryStore store = TestModel.Tensor(new(count), dtype);
        store.RunLength = run;
        Filler filler = Filler.Of(law, Key);
        store.Write((start, bytes) => ElementCodec.Write(filler, dtype, start, bytes));
        return store.Bytes;
    }
}
