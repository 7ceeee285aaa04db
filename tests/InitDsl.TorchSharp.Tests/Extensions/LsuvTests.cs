namespace InitDsl.Tests;

public class LsuvTests
{
    [Fact]
    public void Every_output_has_unit_variance_and_every_weight_orthogonal_rows_or_columns()
    {
        using Sequential model = Net();
        using Tensor batch = Batch();
        model.Initialize(All.Weight(Kaiming).Bias(Zeros), seed: 1);
        LsuvReport report = Calibrate.Lsuv(model, batch);
        Assert.True(report.Converged, report.ToString());
        Assert.Equal(["conv", "fc1", "fc2"], report.Layers.Select(layer => layer.Path));
        Assert.Empty(report.Skipped);
        using Tensor conv = ((Conv2d)model[0]).call(batch);
        Assert.Equal(1, Variance(conv), 0.1);
        Assert.Equal(report.Layers[0].VarianceAfter, Variance(conv), 1e-9);
        using Tensor output = model.call(batch);
        Assert.Equal(report.Layers[2].VarianceAfter, Variance(output), 1e-5);
        foreach (LsuvLayer layer in report.Layers)
        {
            using Tensor weight = model.named_parameters().Single(own => own.name == layer.Path + ".weight").parameter.detach().to(ScalarType.Float64);
            using Tensor matrix = weight.reshape(weight.shape[0], -1);
            using Tensor gram = matrix.shape[0] <= matrix.shape[1] ? matrix.mm(matrix.t()) : matrix.t().mm(matrix);
            using Tensor expected = eye(gram.shape[0], dtype: ScalarType.Float64) * (layer.Factor * layer.Factor);
            Assert.True(gram.allclose(expected, 1e-5, 1e-5), layer.Path);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_tensors_are_left_behind_but_those_of_the_model_s_own_forward(bool orthonormal)
    {
        using Sequential model = Sequential(("conv", Conv2d(2, 4, 3)), ("bn", BatchNorm2d(4)), ("flat", Flatten()), ("fc", Linear(64, 3)));
        using Tensor batch = Batch();
        model.Initialize(When<Conv2d, Linear>().Weight(Kaiming.Scale(9)).Bias(Zeros), seed: 1);
        model.eval();
        long own;
        using (DisposeScope scope = NewDisposeScope())
        {
            using IDisposable withoutGradients = no_grad();
            model.call(batch).Dispose();
            own = scope.DisposablesCount;
        }

        using (DisposeScope scope = NewDisposeScope())
        {
            Calibrate.Lsuv(model, batch, orthonormal: orthonormal);
            Assert.Equal(own, scope.DisposablesCount);
        }
    }

    [Fact]
    public void The_same_weights_and_batch_give_the_same_bits()
    {
        byte[][] Run()
        {
            using Sequential model = Net();
            using Tensor batch = Batch();
            model.Initialize(All.Weight(Kaiming).Bias(Zeros), seed: 1);
            Calibrate.Lsuv(model, batch);
            return [.. model.State().Values];
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Modes_gradients_buffers_and_hooks_are_as_before()
    {
        using var norm = BatchNorm2d(4);
        using Sequential model = Sequential(("conv", Conv2d(2, 4, 3)), ("bn", norm), ("drop", Dropout(0.5)), ("flat", Flatten()), ("fc", Linear(64, 3)));
        model.Initialize(When<Conv2d, Linear>().Weight(Kaiming).Bias(Zeros), seed: 1);
        norm.eval();
        using Tensor batch = Batch();
        byte[] statistics = norm.running_mean!.Bytes();
        Calibrate.Lsuv(model, batch);
        Assert.True(model.training);
        Assert.True(((nn.Module)model[2]).training);
        Assert.False(norm.training);
        Assert.Equal(statistics, norm.running_mean!.Bytes());
        Assert.True(is_grad_enabled());
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));

        // A hook that was left behind would change the weights.
        Dictionary<string, byte[]> after = model.State();
        using Tensor other = Batch() * 10;
        model.call(other).Dispose();
        Assert.Equal(after, model.State());
    }

    [Fact]
    public void A_failure_leaves_every_weight_as_it_was()
    {
        using Sequential model = Net();
        model.Initialize(All.Weight(Kaiming).Bias(Zeros) + Named("fc2").Weight(Zeros), seed: 1);
        Dictionary<string, byte[]> before = model.State();
        using Tensor batch = Batch();
        var refused = Assert.Throws<InitException>(() => Calibrate.Lsuv(model, batch));
        Assert.Equal(("INIT016", "fc2.weight"), (Assert.Single(refused.Diagnostics).Code, refused.Diagnostics[0].Path));
        Assert.Contains("fc2.weight [3, 8] of Linear: the rows of its weight depend on each other", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.State());
        Assert.Throws<InitException>(() => Calibrate.Lsuv(model, batch, orthonormal: false));
        Assert.Equal(before, model.State());
        using Tensor same = zeros(6, 2, 6, 6);
        Assert.Contains("its output is the same everywhere", Assert.Throws<InitException>(() => Calibrate.Lsuv(model, same)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Calibrate.LsuvBy(model, () =>
        {
            ((Conv2d)model[0]).call(batch).Dispose();
            throw new FormatException();
        }));
        Assert.Equal(before, model.State());
        Assert.True(model.training);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_said_by_layer_weight_and_input_and_changes_nothing()
    {
        using Sequential model = Net();
        model.Initialize(All.Weight(Kaiming).Bias(Zeros), seed: 1);
        ((Linear)model[5]).weight.requires_grad = false;
        Dictionary<string, byte[]> before = model.State();
        string Refused(Tensor batch, string path)
        {
            using (batch)
            {
                var refused = Assert.Throws<InitException>(() => Calibrate.Lsuv(model, batch));
                Assert.Equal(("INIT016", path), (Assert.Single(refused.Diagnostics).Code, refused.Diagnostics[0].Path));
                Assert.Equal(before, model.State());
                Assert.DoesNotContain("Exception raised", refused.Message, StringComparison.Ordinal);
                return refused.Diagnostics[0].Message;
            }
        }

        Assert.Equal(
            "fc1.weight [8, 64] of Linear: it cannot compute its output for the input [6, 100] of Float32: mat1 and mat2 shapes cannot be multiplied (6x100 and 64x8). "
            + "The batch is [6, 2, 7, 7] of Float32. Give Calibrate a batch such as the model is trained on, of whose shape and dtype (Float32) this weight can make outputs.",
            Refused(Varied(6, 2, 7, 7), "fc1.weight"));
        Assert.StartsWith(
            "conv.weight [4, 2, 3, 3] of Conv2d: it cannot compute its output for the input [6, 3, 6, 6] of Float32: Expected 3D (unbatched) or 4D (batched) input with 2 channels to Conv2d. Give Calibrate",
            Refused(Varied(6, 3, 6, 6), "conv.weight"),
            StringComparison.Ordinal);
        Assert.Contains("input [6, 2, 6, 6] of Float64: ", Refused(Varied(6, 2, 6, 6).to(ScalarType.Float64), "conv.weight"), StringComparison.Ordinal);

        // A layer that is left alone, and a model that is called by somebody else.
        using Tensor wide = Varied(6, 9);
        string frozen = Assert.Throws<InitException>(() => Calibrate.LsuvBy(model, () => ((Linear)model[5]).call(wide).Dispose())).Message;
        Assert.Contains("fc2.weight [3, 8] of Linear: it cannot compute its output for the input [6, 9] of Float32: ", frozen, StringComparison.Ordinal);
        Assert.DoesNotContain("The batch is", frozen, StringComparison.Ordinal);

        // What happens outside layers is the model's own.
        using Tensor batch = Batch();
        Assert.Throws<ArgumentException>(() => Calibrate.LsuvBy(model, () =>
        {
            ((Conv2d)model[0]).call(batch).Dispose();
            throw new ArgumentException("own");
        }));
        Assert.Equal(before, model.State());
    }

    [Fact]
    public void A_model_that_nothing_has_filled_yet_is_refused()
    {
        using Sequential model = Deferred.Build(Net);
        using Tensor batch = Batch();
        var refused = Assert.Throws<InitException>(() => Calibrate.Lsuv(model, batch));
        Assert.All(refused.Diagnostics, found => Assert.Equal("INIT005", found.Code));
        Assert.Contains("the model was built deferred and has no values yet. Fill it first, with model.Initialize(rules) or plan.Apply().", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_frozen_shared_or_not_reached_is_left_alone_and_told()
    {
        using Sequential model = Net();
        model.Initialize(All.Weight(Kaiming).Bias(Zeros), seed: 1);
        ((Conv2d)model[0]).weight.requires_grad = false;
        Dictionary<string, byte[]> before = model.State();
        using Tensor batch = Batch();
        LsuvReport report = Calibrate.LsuvBy(model, () =>
        {
            using Tensor flat = batch.reshape(-1, 72).narrow(1, 0, 64);
            ((Linear)model[3]).call(flat).Dispose();
        });
        Assert.Equal(["fc1"], report.Layers.Select(layer => layer.Path));
        Assert.Equal(
            ["conv: its weight is frozen", "fc2: forward did not reach it; hooks see a layer's call(…), not its forward(…)"],
            report.Skipped);
        Assert.Equal(["fc1.weight"], model.State().Where(now => !now.Value.SequenceEqual(before[now.Key])).Select(now => now.Key));
        Assert.Contains("left alone: conv: its weight is frozen", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_can_be_chosen_and_weights_only_scaled()
    {
        using Sequential model = Net();
        model.Initialize(All.Weight(Kaiming).Bias(Zeros), seed: 1);
        double[] before = ((Linear)model[5]).weight.Doubles();
        using Tensor batch = Batch();
        LsuvReport report = Calibrate.Lsuv(model, batch, In("fc2"), tolerance: 1e-4, orthonormal: false);
        LsuvLayer layer = Assert.Single(report.Layers);
        Assert.True(layer.Converged);
        Assert.InRange(layer.Tries, 1, 3);
        Assert.All(before.Zip(((Linear)model[5]).weight.Doubles()), pair => Assert.Equal(pair.First * layer.Factor, pair.Second, 1e-6));
    }

    [Fact]
    public void What_does_not_come_within_the_tolerance_is_told()
    {
        using Linear model = Linear(4, 3);
        model.Initialize(All.Weight(Kaiming), seed: 1);

        // The biases alone have the variance 200: no scale of the weight makes it 1.
        using (no_grad())
        {
            model.bias!.copy_(tensor(new float[] { 0, 20, 40 }));
        }

        using Tensor batch = linspace(-1, 1, 40).reshape(10, 4);
        LsuvReport report = Calibrate.Lsuv(model, batch, maxTries: 3);
        Assert.False(report.Converged);
        Assert.Equal(3, Assert.Single(report.Layers).Tries);
        Assert.Contains("not within the tolerance", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using Sequential model = Net();
        using Tensor batch = Batch();
        Assert.Throws<ArgumentOutOfRangeException>(() => Calibrate.Lsuv(model, batch, tolerance: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calibrate.Lsuv(model, batch, maxTries: 0));
        using Sequential none = Sequential(("relu", ReLU()));
        Assert.Contains("INIT016 Sequential has no linear or convolutional layer", Assert.Throws<InitException>(() => Calibrate.Lsuv(none, batch)).Message, StringComparison.Ordinal);
    }

    private static double Variance(Tensor output)
    {
        double[] values = output.Doubles();
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static Sequential Net() => Sequential(
        ("conv", Conv2d(2, 4, 3)), ("relu", ReLU()), ("flat", Flatten()), ("fc1", Linear(64, 8)), ("tanh", Tanh()), ("fc2", Linear(8, 3)));

    private static Tensor Batch() => Varied(6, 2, 6, 6);

    private static Tensor Varied(params long[] shape)
    {
        using Tensor angles = linspace(0, 400, shape.Aggregate((all, size) => all * size));
        using Tensor wave = angles.sin();
        return wave.reshape(shape).clone();
    }
}
