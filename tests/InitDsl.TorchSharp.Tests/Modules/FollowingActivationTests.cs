namespace InitDsl.Tests;

public class FollowingActivationTests
{
    public static TheoryData<string> Names => [.. Known.Keys];

    private static Dictionary<string, (Func<Module<Tensor, Tensor>> Make, Activation? Expected)> Known { get; } = new()
    {
        ["ReLU"] = (() => ReLU(), Activation.ReLU),
        ["ReLU6"] = (() => ReLU6(), Activation.ReLU6),
        ["LeakyReLU"] = (() => LeakyReLU(0.2), Activation.LeakyReLU(0.2)),
        ["Tanh"] = (() => Tanh(), Activation.Tanh),
        ["Sigmoid"] = (() => Sigmoid(), Activation.Sigmoid),
        ["SELU"] = (() => SELU(), Activation.SELU),
        ["GELU"] = (() => GELU(), Activation.GELU),
        ["GELU tanh"] = (() => GELU(TorchSharp.Modules.GELU.Approximate.tanh), Activation.GELUTanh),
        ["SiLU"] = (() => SiLU(), Activation.SiLU),
        ["ELU"] = (() => ELU(), Activation.ELU),
        ["ELU of another alpha"] = (() => ELU(0.5), Activation.ELUWithAlpha(0.5)),
        ["CELU"] = (() => CELU(0.5), Activation.CELU(0.5)),
        ["CELU of no alpha"] = (() => CELU(0), null),
        ["PReLU"] = (() => PReLU(1, 0.1), Activation.LeakyReLU(0.1)),
        ["RReLU"] = (() => RReLU(), Activation.RReLU()),
        ["GLU"] = (() => GLU(), Activation.GLU),
        ["Hardsigmoid"] = (() => Hardsigmoid(), Activation.Hardsigmoid),
        ["Hardtanh"] = (() => Hardtanh(-2, 3), Activation.Hardtanh(-2, 3)),
        ["Hardshrink"] = (() => Hardshrink(0.25), Activation.Hardshrink(0.25)),
        ["Softshrink"] = (() => Softshrink(0.25), Activation.Softshrink(0.25)),
        ["Tanhshrink"] = (() => Tanhshrink(), Activation.Tanhshrink),
        ["LogSigmoid"] = (() => LogSigmoid(), Activation.LogSigmoid),
        ["Softmax"] = (() => Softmax(1), null),
        ["Mish"] = (() => Mish(), Activation.Mish),
        ["Hardswish"] = (() => Hardswish(), Activation.Hardswish),
        ["Softsign"] = (() => Softsign(), Activation.Softsign),
        ["Softplus"] = (() => Softplus(2), Activation.Softplus(2)),
        ["a pooling"] = (() => Sequential(AvgPool1d(1), ReLU()), null),
        ["another layer"] = (() => Linear(3, 3), null),
        ["Dropout, Identity, Flatten, then Tanh"] = (() => Sequential(Dropout(), Identity(), Flatten(), Tanh()), Activation.Tanh),
        ["a nested Sequential"] = (() => Sequential(ReLU(), Linear(3, 3)), Activation.ReLU),
        ["a nested Sequential that passes its input on"] = (() => Sequential(Dropout()), null),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_seen_in_a_Sequential(string name)
    {
        using Sequential model = Sequential(("fc", Linear(3, 3)), ("next", Known[name].Make()));
        Assert.Equal(Known[name].Expected, Of(model, "fc.weight"));
    }

    [Fact]
    public void It_is_what_TorchSharp_computes()
    {
        // The gain of each, from TorchSharp's own values at 200,001 points: a midpoint sum over ±10.
        using Tensor z = linspace(-10, 10, 200_001, ScalarType.Float64);
        using Tensor density = (z * z * -0.5).exp_() * (1 / Math.Sqrt(2 * Math.PI) * 1e-4);
        foreach ((string name, (Func<Module<Tensor, Tensor>> make, Activation? expected)) in Known)
        {
            // Those whose gain is by convention, those with two inputs or chance, and no activations at all.
            // TorchSharp 0.107's Hardtanh passes everything on unchanged: it is taken by its name.
            if (expected is null or { Name: "Hardtanh" or "Tanh" or "Sigmoid" or "Hardsigmoid" or "SELU" or "GLU" or "RReLU" } || name.Contains("Sequential", StringComparison.Ordinal))
            {
                continue;
            }

            using Module<Tensor, Tensor> module = make();
            using Module<Tensor, Tensor> wide = module.to(ScalarType.Float64);
            using var scope = NewDisposeScope();
            double moment = (wide.call(z).square() * density).sum().item<double>();
            Assert.True(Math.Abs((expected.Gain * Math.Sqrt(moment)) - 1) < 1e-4, $"{name}: {expected.Gain} and {1 / Math.Sqrt(moment)}");
        }
    }

    [Fact]
    public void A_norm_is_passed_over_and_noted()
    {
        using Sequential model = Sequential(
            ("a", Conv2d(3, 3, 3)), ("bn", BatchNorm2d(3)), ("relu", ReLU()),
            ("b", Conv2d(3, 3, 3)), ("gn", GroupNorm(1, 3)), ("drop", Dropout2d()),
            ("c", Sequential(("fc", Linear(3, 3)), ("ln", LayerNorm(3)))), ("act", SiLU()),
            ("d", Linear(3, 3)), ("pre", Sequential(("in", InstanceNorm1d(3)), ("tanh", Tanh()))),
            ("e", Linear(3, 3)));
        Dictionary<string, ParamSpec> specs = new TorchModel(model).Stores.ToDictionary(store => store.Spec.Path, store => store.Spec);
        Assert.Equal((Activation.ReLU, true), Following("a.weight"));
        Assert.Equal((null, true), Following("b.weight"));
        Assert.Equal((Activation.SiLU, true), Following("c.fc.weight"));
        Assert.Equal((Activation.Tanh, true), Following("d.weight"));
        Assert.Equal((null, false), Following("e.weight"));
        Assert.Equal((null, false), Following("bn.weight"));

        (Activation?, bool) Following(string path) => (specs[path].FollowedBy, specs[path].NormFollows);
    }

    [Fact]
    public void The_end_of_a_nested_Sequential_is_followed_by_what_follows_it()
    {
        using Sequential model = Sequential(("block", Sequential(("fc", Linear(3, 3)), ("drop", Dropout()))), ("act", Tanh()), ("out", Linear(3, 3)));
        Assert.Equal(Activation.Tanh, Of(model, "block.fc.weight"));
        Assert.Null(Of(model, "out.weight"));
    }

    [Fact]
    public void A_module_that_runs_its_children_in_its_own_way_hides_it()
    {
        using var model = new ScaledSequential(Linear(3, 3), ReLU());
        Assert.Null(Of(model, "0.weight"));
        using var wrapped = new Wrapper("list", ModuleList<Module>(Linear(3, 3), ReLU()));
        Assert.Null(Of(wrapped, "list.0.weight"));
    }

    [Fact]
    public void Layers_without_a_gain_have_none()
    {
        using Sequential model = Sequential(("norm", BatchNorm1d(3)), ("act", ReLU()));
        Assert.Null(Of(model, "norm.weight"));
    }

    private static Activation? Of(nn.Module model, string path) =>
        new TorchModel(model).Stores.Single(store => store.Spec.Path == path).Spec.FollowedBy;
}
