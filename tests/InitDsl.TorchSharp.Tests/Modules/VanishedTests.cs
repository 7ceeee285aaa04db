namespace InitDsl.Tests;

public class VanishedTests
{
    public static TheoryData<string> Native =>
        [.. Layers.Native.Keys];

    public static TheoryData<string> Managed =>
        [.. Layers.Managed.Keys];

    [Theory]
    [MemberData(nameof(Native))]
    public void Parameters_that_went_with_a_DisposeScope_are_an_error(string layer)
    {
        nn.Module module;
        using (NewDisposeScope())
        {
            module = Layers.Native[layer]();
        }

        // TorchSharp says nothing.
        Assert.Empty(module.named_parameters());
        using var model = new Wrapper("body", module);
        InitException refused = Assert.Throws<InitException>(() => All.Weight(Ones).Compile(model, seed: 1));
        Diagnostic found = Assert.Single(refused.Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.Equal(("INIT003", "body"), (found.Code, found.Path));
        Assert.StartsWith($"body ({module.GetType().Name}): its parameters have vanished (", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Managed))]
    public void Layers_that_detach_their_parameters_survive_a_DisposeScope(string layer)
    {
        nn.Module module;
        using (NewDisposeScope())
        {
            module = Layers.Managed[layer]();
        }

        Assert.Empty(new TorchModel(module).Diagnostics);
        Assert.All(new TorchModel(module).Stores, store => Assert.Null(store.WhyNotWritable()));
        module.Dispose();
    }

    [Fact]
    public void Custom_parameters_vanish_too()
    {
        nn.Module module;
        nn.Module list;
        using (NewDisposeScope())
        {
            module = new Holder(("a", Parameter(zeros(2))), ("b", Parameter(zeros(2))));
            list = new ParameterList(Parameter(zeros(2)));
        }

        Assert.Contains("the root Holder: its parameters have vanished (a, b)", Assert.Single(new TorchModel(module).Diagnostics).Message, StringComparison.Ordinal);
        Assert.Contains("the root ParameterList: its parameters have vanished (0)", Assert.Single(new TorchModel(list).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_a_sharing_module_has_disposed_of_is_found()
    {
        using Linear first = Linear(2, 2);
        using Linear second = Linear(2, 2);
        second.weight = first.weight;
        second.weight = Parameter(zeros(2, 2));
        using Sequential model = Sequential(("first", first), ("second", second));
        Diagnostic found = Assert.Single(new TorchModel(model).Diagnostics);
        Assert.Equal(("INIT003", "first"), (found.Code, found.Path));
    }
}
