namespace InitDsl.Tests;

public class TieTests
{
    [Fact]
    public void A_tied_weight_is_one_parameter_under_its_first_path()
    {
        using var model = new TiedModel();
        Assert.Equal(3, model.named_parameters().Count());
        IReadOnlyList<ParameterStore> stores = new TorchModel(model).Stores;
        Assert.Equal(["emb.weight", "head.bias"], stores.Select(store => store.Spec.Path));

        ParamSpec first = stores[0].Spec;
        ParamSpec alias = Assert.Single(stores[0].Aliases);
        Assert.Equal(("head.weight", typeof(Linear), LayerKind.Linear), (alias.Path, alias.ModuleType, alias.Kind));
        Assert.Equal((typeof(Embedding), LayerKind.Embedding), (first.ModuleType, first.Kind));
        Assert.Equal(new FanCount(6, 11), alias.LayerFans);
    }

    [Fact]
    public void It_is_drawn_once_and_both_modules_see_it()
    {
        using var model = new TiedModel();
        model.Initialize(When<Embedding>().Weight(Normal(std: 0.02)) + When<Linear>().Bias(Zeros), seed: 3);
        Assert.Equal(model.emb.get_parameter("weight")!.Bytes(), model.head.weight.Bytes());
    }

    [Fact]
    public void Two_different_rules_for_its_names_are_a_conflict()
    {
        using var model = new TiedModel();
        InitException refused = Assert.Throws<InitException>(
            () => (When<Embedding>().Weight(Normal(std: 0.02)) + When<Linear>().Weight(Ones)).Compile(model, seed: 3));
        Assert.Equal("INIT002", Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error).Code);
    }

    [Fact]
    public void Another_wrapper_of_the_same_memory_is_the_same_parameter()
    {
        Parameter original = Parameter(zeros(2, 3));
        using var model = new Holder(("a", original), ("b", new Parameter(original.detach())), ("c", new Parameter(original.alias().detach())));
        ParameterStore store = Assert.Single(new TorchModel(model).Stores);
        Assert.Equal(["a", "b", "c"], store.Aliases.Prepend(store.Spec).Select(spec => spec.Path));
    }

    [Fact]
    public void A_second_name_of_one_object_is_an_alias_though_TorchSharp_hides_it()
    {
        Parameter shared = Parameter(zeros(2, 3));
        using var model = new Holder(("a", shared), ("b", shared));
        Assert.Single(model.named_parameters());
        Assert.Equal("b", Assert.Single(Assert.Single(new TorchModel(model).Stores).Aliases).Path);
    }

    [Fact]
    public void A_transposed_tie_is_written_under_the_first_name_only()
    {
        Parameter original = Parameter(zeros(2, 3));
        using var model = new Holder(("encode", original), ("decode", new Parameter(original.detach().t())));
        InitException refused = Assert.Throws<InitException>(() => All.Param("*", Normal()).Compile(model, seed: 1));
        Diagnostic found = Assert.Single(refused.Diagnostics);
        Assert.Equal(("INIT005", "decode"), (found.Code, found.Path));
        Assert.Contains("it shares memory with encode in another layout", found.Message, StringComparison.Ordinal);
        All.Param("encode", Normal()).Compile(model, seed: 1).Apply();
    }

    [Fact]
    public void Partly_overlapping_parameters_are_refused()
    {
        using Tensor whole = zeros(4, 6);
        using var model = new Holder(
            ("all", new Parameter(whole.alias())),
            ("rows", new Parameter(whole.narrow(0, 1, 2))),
            ("columns", new Parameter(whole.narrow(1, 2, 3))));
        InitException refused = Assert.Throws<InitException>(() => All.Param("*", Ones).Compile(model, seed: 1));
        Assert.Equal(["rows", "columns"], refused.Diagnostics.Select(found => found.Path));
    }

    [Fact]
    public void Neighbours_and_interleaved_columns_of_one_buffer_are_parameters_of_their_own()
    {
        using Tensor whole = zeros(4, 6);
        using var model = new Holder(
            ("left", new Parameter(whole.narrow(1, 0, 3))),
            ("right", new Parameter(whole.narrow(1, 3, 3))));
        model.Initialize(All.Param("left", Const(1)) + All.Param("right", Const(2)), seed: 1);
        Assert.Equal([1, 1, 1, 2, 2, 2], whole.Doubles()[..6]);

        using Tensor flat = zeros(10);
        using var split = new Holder(("low", new Parameter(flat.narrow(0, 0, 5))), ("high", new Parameter(flat.narrow(0, 5, 5))));
        Assert.All(new TorchModel(split).Stores, store => Assert.Null(store.WhyNotWritable()));
    }

    [Fact]
    public void An_expanded_parameter_is_refused()
    {
        using var model = new Holder(("wide", new Parameter(zeros(3, 1).expand(3, 4))));
        InitException refused = Assert.Throws<InitException>(() => All.Param("*", Ones).Compile(model, seed: 1));
        Assert.Contains("share memory, as after expand()", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_parameters_are_not_tied()
    {
        using var model = new Holder(("a", Parameter(zeros(0, 3))), ("b", Parameter(zeros(0, 3))));
        Assert.Equal(2, new TorchModel(model).Stores.Count);
    }
}
