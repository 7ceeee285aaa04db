namespace InitDsl.Tests;

/// <summary>Values arrive on every backend in every dtype, and what was there can be read.</summary>
public class StoreTests
{
    public static TheoryData<string, string> Everywhere() => new(
        from backend in new[] { Backends.Reference, Backends.Torch }
        from dtype in new[] { "Float32", "Float64", "Float16", "BFloat16" }
        select (backend, dtype));

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void A_model_is_filled_and_verified(string backend, string dtype)
    {
        using IDisposable used = Backends.Use(backend);
        ModelBase model = Layers.Sequential(Layers.Linear(40, 30), Layers.Conv2d(3, 4, 5), Layers.BatchNorm1d(4), Layers.Lstm(6, 7));
        Move(model, dtype);
        Plan plan = Rules.Compile(model, seed: 7);
        double[] before = Seen.Values(model);
        Assert.Equal(before, Seen.Values(model));
        plan.Apply();
        Assert.NotEqual(before, Seen.Values(model));
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        Assert.All(model.parameters, entry => Assert.Equal((backend, dtype), (entry.Item2.value.backend.Name, entry.Item2.value.dtype.ToString())));

        // Halves are the float's, rounded.
        var wide = Layers.Sequential(Layers.Linear(40, 30), Layers.Conv2d(3, 4, 5), Layers.BatchNorm1d(4), Layers.Lstm(6, 7));
        Move(wide, dtype == "Float64" ? "Float64" : "Float32");
        wide.Initialize(Rules, seed: 7);
        Func<double, double> round = dtype switch
        {
            "Float16" => value => (double)(Half)(float)value,
            "BFloat16" => value => BFloat16Bits.Widen(BFloat16Bits.Round((float)value)),
            _ => value => value,
        };
        Assert.Equal(Seen.Values(wide).Select(round), Seen.Values(model));
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void Both_backends_have_the_same_bits(string backend)
    {
        Linear reference = Layers.Linear(13, 17);
        reference.Initialize(Rules, seed: 1);
        using IDisposable used = Backends.Use(backend);
        Linear here = Layers.Linear(13, 17);
        here.Initialize(Rules, seed: 1);
        Assert.Equal(Seen.Values(reference), Seen.Values(here));
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void Whole_numbers_and_truth_values_can_be_written(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        foreach (Dtype dtype in new[] { Dtype.Int8, Dtype.Byte, Dtype.Int16, Dtype.Int32, Dtype.Int64, Dtype.Bool })
        {
            var parameter = new Parameter(Make.Zeros(3, 2));
            var model = new Model<Tensor, Tensor>(null, new([parameter]), null, null);
            parameter.value = parameter.value.cast(dtype);
            model.Initialize(All.Param("*", Values(new[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } })), seed: 1);
            Assert.Equal([1, 0, 0, 1, 1, 1], Seen.Values(parameter.value));
            Assert.Equal(dtype, parameter.value.dtype);
        }
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void A_view_in_another_order_is_read_in_its_own(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        Tensor matrix = Make.Tensor(new float[] { 0, 1, 2, 3, 4, 5 }).view([2, 3]).transpose();
        Assert.Equal([0, 3, 1, 4, 2, 5], Seen.Values(matrix));
        var parameter = new Parameter(matrix);
        var model = new Model<Tensor, Tensor>(null, new([parameter]), null, null);
        model.Initialize(All.Rows(0, 1).Param("*", Zeros), seed: 1);
        Assert.Equal([0, 0, 1, 4, 2, 5], Seen.Values(parameter.value));
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void A_scalar_and_nothing_can_be_written(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        var scalar = new Parameter(Make.Scalar(3));
        var nothing = new Parameter(Make.Zeros(0, 4));
        var model = new Model<Tensor, Tensor>(null, new([scalar, nothing]), null, null);
        model.Initialize(All.Param("*", Const(0.5)), seed: 1);
        Assert.Equal([0.5], Seen.Values(scalar.value));
        Assert.Empty(scalar.value.shape);
        Assert.Equal([0, 4], nothing.value.shape);
    }

    [Fact]
    public void Whoever_holds_the_old_tensor_keeps_its_values()
    {
        Linear layer = Layers.Linear(3, 2);
        Tensor old = layer.weight;
        double[] values = Seen.Values(old);
        layer.Initialize(All.Weight(Zeros), seed: 1);
        Assert.Equal(values, Seen.Values(old));
        Assert.All(Seen.Values(layer.weight), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(Backends.Reference)]
    [InlineData(Backends.Torch)]
    public void A_tensor_given_to_Values_lies_as_the_parameter_does(string backend)
    {
        using IDisposable used = Backends.Use(backend);
        Linear from = Layers.Linear(3, 3);
        Linear into = Layers.Linear(3, 3);
        into.Initialize(When<Linear>().Weight(Values(from.weight)).Bias(Values(from.bias)), seed: 1);
        Assert.Equal(Seen.Values(from), Seen.Values(into));

        InitException refused = Assert.Throws<InitException>(() => When<Linear>().Weight(Values(Make.Zeros(2, 3))).Compile(Layers.Linear(3, 2), seed: 1));
        Assert.Contains("Give it the shape [3, 2]", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_has_changed_is_refused_and_left_as_it_is()
    {
        var model = new Net();
        Plan plan = All.Param("*", Const(2)).Compile(model, seed: 1);
        model.Mixing.value = Make.Zeros(5, 3);
        model.Scale.value = model.Scale.value.cast(Dtype.Float64);
        double[] before = Seen.Values(model.Head.weight);
        InitException refused = Assert.Throws<InitException>(plan.Apply);
        Assert.Equal(["scale", "mixing-weight"], refused.Diagnostics.Select(found => found.Path));
        Assert.All(refused.Diagnostics, found => Assert.Equal("INIT005", found.Code));
        Assert.Contains("(now [5, 3] Float32)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Seen.Values(model.Head.weight));
    }

    [Fact]
    public void A_model_that_was_moved_is_filled_where_it_is()
    {
        Linear layer = Layers.Linear(5, 4);
        Plan plan = Rules.Compile(layer, seed: 2);
        plan.Apply();
        double[] before = Seen.Values(layer);
        using IDisposable used = Backends.Use(Backends.Torch);
        layer.move(null, null, new(Backend.Torch));
        plan.Apply();
        Assert.Equal(Backend.Torch, layer.weight.backend);
        Assert.Equal(before, Seen.Values(layer));
    }

    [Fact]
    public void A_cancelled_apply_changes_nothing()
    {
        Linear layer = Layers.Linear(5, 4);
        double[] before = Seen.Values(layer);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<ApplyCanceledException>(() => layer.Initialize(Rules, RandomSource.Philox(1), null, stop.Token));
        Assert.Equal(before, Seen.Values(layer));
    }

    [Fact]
    public void An_apply_that_is_cancelled_midway_leaves_the_parameter_it_was_in_as_it_was()
    {
        var model = Layers.Sequential(Layers.Linear(20, 10), Layers.Linear(2000, 1500));
        double[] before = Seen.Values(model);
        using var stop = new CancellationTokenSource();
        var watch = new Watch(progress =>
        {
            if (progress.Path == "1.weight" && progress.ValuesWritten > 200)
            {
                stop.Cancel();
            }
        });
        ApplyCanceledException canceled = Assert.Throws<ApplyCanceledException>(
            () => model.Initialize(All.Weight(Normal(std: 1)), RandomSource.Philox(1), watch, stop.Token));
        double[] after = Seen.Values(model);
        Assert.Equal(["0.weight"], canceled.Written.Whole);
        Assert.Empty(canceled.Written.InPart);
        Assert.Equal(["1.weight"], canceled.Written.NotAtAll);
        Assert.NotEqual(before[..200], after[..200]);
        Assert.Equal(before[200..], after[200..]);
    }

    [Fact]
    public void A_buffer_is_visited_in_runs()
    {
        ElementBuffer buffer = ElementBuffer.Of(DType.Float32, 10);
        var runs = new List<(long Start, int Bytes)>();
        buffer.Runs((start, run) => runs.Add((start, run.Length)), longest: 4);
        Assert.Equal([(0, 16), (4, 16), (8, 8)], runs);
    }

    [Fact]
    public void A_parameter_stays_on_its_device()
    {
        Device second = Device.NewDevice(DeviceType.CPU, 1);
        Linear layer = Layers.Linear(3, 2);
        layer.move(second, null, null);
        layer.Initialize(Rules, seed: 1);
        Assert.Equal(second, layer.weight.device);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Linear one = Layers.Linear(700, 300);
        Linear many = Layers.Linear(700, 300);
        Rules.Compile(one, seed: 4).Apply(maxThreads: 1);
        Rules.Compile(many, seed: 4).Apply(maxThreads: 4);
        Assert.Equal(Seen.Values(one), Seen.Values(many));
    }

    private static RuleSet Rules { get; } = All.Weight(Kaiming).Bias(Normal(std: 0.1)) + When<BatchNorm1d>().Weight(Ones).Bias(Zeros);

    private static void Move(ModelBase model, string dtype) =>
        model.move(null, new((Dtype)typeof(Dtype).GetProperty(dtype)!.GetValue(null)!), null);

    private sealed class Watch(Action<ApplyProgress> report) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value) => report(value);
    }
}
