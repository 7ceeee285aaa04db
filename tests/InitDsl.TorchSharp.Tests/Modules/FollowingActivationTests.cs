namespace InitDsl.Tests;

public class FollowingActivationTests
{
    public static TheoryData<string> Names => [.. Known.Keys];

    private static Dictionary<string, (Func<Module<Tensor, Tensor>> Make, Activation? Expected)> Known { get; } = new()
    {
        ["ReLU"] = (() => ReLU(), Activation.ReLU),
        ["ReLU6"] = (() => ReLU6(), Activation.ReLU),
        ["LeakyReLU"] = (() => LeakyReLU(0.2), Activation.LeakyReLU(0.2)),
        ["Tanh"] = (() => Tanh(), Activation.Tanh),
        ["Sigmoid"] = (() => Sigmoid(), Activation.Sigmoid),
        ["SELU"] = (() => SELU(), Activation.SELU),
        ["GELU"] = (() => GELU(), Activation.GELU),
        ["GELU tanh"] = (() => GELU(TorchSharp.Modules.GELU.Approximate.tanh), Activation.GELUTanh),
        ["SiLU"] = (() => SiLU(), Activation.SiLU),
        ["ELU"] = (() => ELU(), Activation.ELU),
        ["ELU of another alpha"] = (() => ELU(0.5), null),
        ["Mish"] = (() => Mish(), Activation.Mish),
        ["Hardswish"] = (() => Hardswish(), Activation.Hardswish),
        ["Softsign"] = (() => Softsign(), Activation.Softsign),
        ["Softplus"] = (() => Softplus(), null),
        ["a norm"] = (() => Sequential(BatchNorm1d(3), ReLU()), null),
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
