using System.Diagnostics;

namespace InitDsl.Tests;

public class WalkTests
{
    [Fact]
    public void A_single_layer_is_its_own_root()
    {
        using Linear linear = Linear(3, 2);
        Assert.Equal(["weight", "bias"], Paths(linear));
        Assert.Equal("Linear", new TorchModel(linear).Name);
    }

    [Fact]
    public void Modules_come_in_pre_order_with_the_roots_own_parameters_first()
    {
        using var model = new Wrapper("body", Sequential(("a", Sequential(("x", Linear(1, 1)), ("y", Linear(1, 1)))), ("b", Linear(1, 1))));
        model.register_parameter("gain", Parameter(ones(1)));
        Assert.Equal(
            ["gain", "body.a.x.weight", "body.a.x.bias", "body.a.y.weight", "body.a.y.bias", "body.b.weight", "body.b.bias"],
            Paths(model));
    }

    [Fact]
    public void Parameters_of_a_custom_module_are_found_frozen_ones_too_and_buffers_are_not()
    {
        using var model = new Patches();
        Assert.Equal(["pos_embed", "frozen", "scale_weight", "out_bias", "proj.weight"], Paths(model));
        ParamRole[] roles = [.. Stores(model).Select(store => store.Spec.Role)];
        Assert.Equal([ParamRole.Other, ParamRole.Other, ParamRole.Weight, ParamRole.Bias, ParamRole.Weight], roles);

        model.Initialize(All.Param("*", Const(3)), seed: 1);
        Assert.All(model.frozen.Doubles(), value => Assert.Equal(3, value));
        Assert.False(model.frozen.requires_grad);
        Assert.All(model.table.Doubles(), value => Assert.Equal(7, value));
    }

    [Fact]
    public void Running_statistics_are_not_touched()
    {
        using BatchNorm2d norm = BatchNorm2d(3);
        norm.Initialize(When<BatchNorm2d>().Weight(Const(2)).Bias(Const(5)), seed: 1);
        Assert.Equal([2, 2, 2], norm.weight.Doubles());
        Assert.Equal([0, 0, 0], norm.running_mean!.Doubles());
        Assert.Equal([1, 1, 1], norm.running_var!.Doubles());
    }

    [Fact]
    public void A_shared_module_has_one_set_of_parameters_and_all_its_paths()
    {
        using Linear shared = Linear(3, 3);
        using Sequential model = Sequential(("a", shared), ("b", ReLU()), ("c", shared));
        IReadOnlyList<ParameterStore> stores = Stores(model);
        Assert.Equal(["a.weight", "a.bias"], stores.Select(store => store.Spec.Path));
        Assert.Equal(["c.weight", "c.bias"], stores.Select(store => Assert.Single(store.Aliases).Path));
        Assert.Equal(2, Named("c").Weight(Ones).Bias(Zeros).Compile(model, seed: 1).Steps.Count);
    }

    [Fact]
    public void Bare_lists_and_dictionaries_show_what_they_hold()
    {
        using ModuleList<Module> list = ModuleList<Module>(Linear(1, 1), Conv1d(1, 1, 1));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], Paths(list));

        using var dictionary = new ModuleDict<Linear>();
        dictionary.Add("left", Linear(1, 1));
        dictionary.Add("right", Linear(1, 1, hasBias: false));
        Assert.Equal(["left.weight", "left.bias", "right.weight"], Paths(dictionary));

        using var parameters = new ParameterList(Parameter(zeros(2)), Parameter(zeros(3)));
        Assert.Equal(["0", "1"], Paths(parameters));

        using var named = new ParameterDict { ("a_weight", Parameter(zeros(2))), ("b", Parameter(zeros(3))) };
        Assert.Equal(["a_weight", "b"], Paths(named).Order());
    }

    [Fact]
    public void Lists_inside_a_model_show_what_they_hold()
    {
        using var model = new Wrapper("layers", ModuleList(Linear(1, 1), Linear(1, 1)));
        Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"], Paths(model));

        using var parameters = new Wrapper("scales", new ParameterList(Parameter(zeros(2))));
        Assert.Equal(["scales.0"], Paths(parameters));
    }

    [Fact]
    public void A_Sequential_shows_its_children_and_a_derived_one_its_own_parameters_too()
    {
        using Sequential plain = Sequential(Linear(1, 1));
        Assert.Equal(["0.weight", "0.bias"], Paths(plain));

        using var derived = new ScaledSequential(Linear(1, 1));
        Assert.DoesNotContain("scale_weight", derived.named_parameters().Select(parameter => parameter.name));
        Assert.Equal(["scale_weight", "0.weight", "0.bias"], Paths(derived));
    }

    [Fact]
    public void Dotted_names_are_kept_and_equal_paths_are_refused()
    {
        using Sequential dotted = Sequential(("a.b", Linear(1, 1)), ("", Linear(1, 1)));
        Assert.Equal(["a.b.weight", "a.b.bias", "weight", "bias"], Paths(dotted));

        using Sequential twice = Sequential(("a", Linear(2, 2)), ("a", Linear(2, 2)));
        using Sequential nested = Sequential(("a.b", Linear(2, 2)), ("a", Sequential(("b", Linear(2, 2)))));
        foreach (Sequential model in new[] { twice, nested })
        {
            foreach (Init init in new[] { Normal(), Zeros })
            {
                InitException refused = Assert.Throws<InitException>(() => When<Linear>().Weight(init).Compile(model, seed: 1));
                Assert.Equal(["INIT007", "INIT007"], refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => found.Code));
            }
        }

        Linear shared = Linear(2, 2);
        using Sequential same = Sequential(("a.b", shared), ("a", Sequential(("b", shared))));
        Assert.Equal(2, When<Linear>().Weight(Normal()).Bias(Zeros).Compile(same, seed: 1).Steps.Count);
    }

    [Fact]
    public void A_Sequential_in_itself_is_refused_where_TorchSharp_would_never_end()
    {
        using var outer = new Wrapper("body", Linear(1, 1));
        Sequential loop = Sequential(("first", Linear(1, 1)));
        loop.append("again", loop);
        InitException refused = Assert.Throws<InitException>(() => All.Weight(Ones).Compile(loop, seed: 1));
        Diagnostic found = Assert.Single(refused.Diagnostics);
        Assert.Equal(("INIT007", "again"), (found.Code, found.Path));
        Assert.Contains("again (Sequential): it is the module it lies in, the root, again", found.Message, StringComparison.Ordinal);
        GC.SuppressFinalize(loop);
    }

    [Fact]
    public void A_longer_cycle_is_refused_with_both_paths()
    {
        Sequential inner = Sequential(("leaf", Linear(1, 1)));
        Sequential outer = Sequential(("inner", inner));
        inner.append("back", outer);
        Sequential model = Sequential(("outer", outer));
        InitException refused = Assert.Throws<InitException>(() => All.Weight(Ones).Compile(model, seed: 1));
        Assert.Contains("outer.inner.back (Sequential): it is the module it lies in, outer, again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_in_itself_is_refused()
    {
        ModuleList<Module> list = ModuleList<Module>(Linear(1, 1));
        list.append(list);
        InitException refused = Assert.Throws<InitException>(() => All.Weight(Ones).Compile(list, seed: 1));
        Assert.Equal("INIT007", Assert.Single(refused.Diagnostics).Code);
    }

    [Fact]
    public void A_chain_of_eight_hundred_modules_is_walked()
    {
        Module<Tensor, Tensor> chain = Linear(1, 1);
        for (int i = 0; i < 800; i++)
        {
            chain = Sequential(("c", chain));
        }

        Assert.Equal(2, Stores(chain).Count);
        Assert.Equal(1600, Stores(chain)[0].Spec.ModulePath.Length + 1);
    }

    [Fact]
    public void A_deeper_chain_than_the_stack_would_bear_is_walked_or_refused()
    {
        nn.Module chain = Linear(1, 1, hasBias: false);
        for (int i = 1; i < ModuleWalk.DeepestPath; i++)
        {
            chain = new Wrapper("c", chain);
        }

        Assert.Single(Stores(chain));
        chain = new Wrapper("c", new Wrapper("c", chain));
        InitException refused = Assert.Throws<InitException>(() => new TorchModel(chain));
        Assert.Contains("more than 10000 levels deep", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.Length < 1000);
    }

    [Fact]
    public void Modules_that_share_modules_that_share_modules_do_not_take_forever()
    {
        Module<Tensor, Tensor> doubled = Linear(1, 1);
        for (int i = 0; i < 40; i++)
        {
            doubled = Sequential(("l", doubled), ("r", doubled));
        }

        InitException refused = Assert.Throws<InitException>(() => new TorchModel(doubled));
        Assert.Contains("more than 1000000 paths", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_a_module_lists_without_registering_it_is_found_and_written()
    {
        using var model = new Lister();
        Assert.Equal(["extra_weight"], Paths(model));
        model.Initialize(All.Weight(Ones), seed: 1);
        model.apply(All.Weight(Const(2)).Compile(model, seed: 1).Visitor());
        Assert.Equal([2, 2, 2], model.parameters().Single().Doubles());
    }

    [Fact]
    public void Generic_modules_have_the_names_that_are_written_in_code()
    {
        using ModuleList<Linear> list = ModuleList<Linear>(Linear(1, 1));
        Assert.Equal("ModuleList<Linear>", new TorchModel(list).Name);
    }

    [Fact]
    public void Any_module_can_be_a_root()
    {
        using Dropout dropout = Dropout();
        Assert.Empty(Stores(dropout));
        Assert.Empty(Stores(Sequential()));
        Assert.Empty(All.Weight(Ones).Compile(dropout, seed: 1).Steps);
    }

    private static IReadOnlyList<ParameterStore> Stores(nn.Module module) => new TorchModel(module).Stores;

    private static string[] Paths(nn.Module module) => [.. Stores(module).Select(store => store.Spec.Path)];
}
