using static InitDsl.Tests.FakeTree;

namespace InitDsl.Tests;

/// <summary>What rules see of the place of a layer.</summary>
public class ContextTests
{
    /// <summary>Three blocks of two branches, each of a first and a second layer, with a stem and a head.</summary>
    private static TestModel Transformer() => In(
        "",
        Linear("stem"),
        In("h", [.. Enumerable.Range(0, 3).Select(i => In(
            $"{i}", Normalization("ln_1"), In("attn", Linear("c_attn"), Linear("c_proj")), Normalization("ln_2"), In("mlp", Linear("c_fc"), Linear("c_proj"))))]),
        Linear("head")).Model();

    [Fact]
    public void Depth_is_the_index_among_the_layers_that_the_rule_selects_and_LayerCount_their_number()
    {
        Plan plan = Named("*.c_proj").Weight(From(p => Const((10 * p.LayerCount) + p.Depth))).Compile(Transformer());
        Assert.Equal([60.0, 61, 62, 63, 64, 65], plan.Steps.Select(step => step.Law.Mean));
        Plan gpt2 = Named("*.c_proj").Weight(From(p => Normal(std: 0.02 / Math.Sqrt(p.LayerCount)))).Compile(Transformer());
        Assert.All(gpt2.Steps, step => Assert.Equal(0.02 / Math.Sqrt(2 * 3), step.Law.Std, 1e-15));
    }

    [Fact]
    public void Layers_that_a_later_rule_wins_are_counted_all_the_same()
    {
        Plan plan = (When<Layer>().Weight(From(p => Const((100 * p.LayerCount) + p.Depth))) + Named("*.c_attn").Keep() + Named("head").Weight(Ones))
            .Compile(Transformer());
        Assert.Equal(
            new()
            {
                ["stem.weight"] = 1400, ["h.0.attn.c_proj.weight"] = 1402, ["h.0.mlp.c_fc.weight"] = 1403, ["h.0.mlp.c_proj.weight"] = 1404,
                ["h.1.attn.c_proj.weight"] = 1406, ["h.1.mlp.c_fc.weight"] = 1407, ["h.1.mlp.c_proj.weight"] = 1408,
                ["h.2.attn.c_proj.weight"] = 1410, ["h.2.mlp.c_fc.weight"] = 1411, ["h.2.mlp.c_proj.weight"] = 1412, ["head.weight"] = 1,
            },
            Means(plan));
    }

    [Fact]
    public void A_layer_counts_once_and_all_words_of_a_rule_count_the_same()
    {
        TestModel model = In("", Linear("a", parameters: ["weight"]), Linear("b", parameters: ["weight", "bias"]), Linear("c", parameters: ["bias"])).Model();
        Init depth = From(p => Const((10 * p.LayerCount) + p.Depth));
        Assert.Equal(
            new() { ["a.weight"] = 30, ["b.weight"] = 31, ["b.bias"] = 31, ["c.bias"] = 32 },
            Means(When<Layer>().Weight(depth).Bias(depth).Compile(model)));
        Assert.Equal(new() { ["b.bias"] = 20, ["c.bias"] = 21 }, Means(When<Layer>().Bias(depth).Compile(model)));

        // The same rule twice, and inside other initializers.
        Rule rule = When<Layer>().Bias(depth.Scale(2));
        Assert.Equal(new() { ["b.bias"] = 40, ["c.bias"] = 42 }, Means((rule + rule).Compile(model)));
        Assert.Equal(new() { ["b.bias"] = 20, ["c.bias"] = 21 }, Means(When<Layer>().Bias(From(_ => depth)).Compile(model)));
    }

    [Fact]
    public void A_module_that_is_registered_twice_counts_once_at_its_first_place()
    {
        Layer shared = Linear("shared");
        TestModel model = In("", Linear("a"), In("x", shared), Linear("b"), In("y", shared)).Model();
        Assert.Equal(
            new() { ["a.weight"] = 30, ["x.shared.weight"] = 31, ["b.weight"] = 32 },
            Means(When<Layer>().Weight(From(p => Const((10 * p.LayerCount) + p.Depth))).Compile(model)));

        // Selected at its second place alone, it stands there.
        Assert.Equal(
            new() { ["x.shared.weight"] = 21, ["b.weight"] = 20 },
            Means(Named("b").Or(In("y")).Weight(From(p => Const((10 * p.LayerCount) + p.Depth))).Compile(model)));
    }

    [Fact]
    public void Branches_are_the_layers_of_the_rule_in_one_module()
    {
        Plan plan = When<Layer>().In("h").Weight(From(p => Const(p.BranchDepth + (10 * p.BranchLayers) + (100 * p.Branch) + (1000 * p.BranchCount)))).Compile(Transformer());
        Assert.Equal([6020.0, 6021, 6120, 6121, 6220, 6221, 6320, 6321, 6420, 6421, 6520, 6521], plan.Steps.Select(step => step.Law.Mean));

        // The root's own layers are one more.
        Assert.All(When<Layer>().Weight(From(p => Const(p.BranchCount))).Compile(Transformer()).Steps, step => Assert.Equal(7, step.Law.Mean));
    }

    [Fact]
    public void Block_is_the_innermost_number_around_a_layer()
    {
        TestModel model = In(
            "",
            Linear("7"),
            In("blocks", [.. new[] { 0, 2, 11 }.Select(i => new Block
            {
                Name = $"{i}", Parameters = ["gamma"], Children = [Sequence("mlp", Linear("0"), Linear("1")), In("deep", In("4", Linear("fc")))],
            })])).Model();
        Plan plan = When<Layer, Block>().Param("*", From(p => p.HasBlock ? Const((100 * p.BlockCount) + p.Block) : Const(-1))).Compile(model);
        Assert.Equal(
            new()
            {
                ["7.weight"] = -1,
                ["blocks.0.gamma"] = 300, ["blocks.0.mlp.0.weight"] = 300, ["blocks.0.mlp.1.weight"] = 300, ["blocks.0.deep.4.fc.weight"] = 104,
                ["blocks.2.gamma"] = 302, ["blocks.2.mlp.0.weight"] = 302, ["blocks.2.mlp.1.weight"] = 302, ["blocks.2.deep.4.fc.weight"] = 104,
                ["blocks.11.gamma"] = 311, ["blocks.11.mlp.0.weight"] = 311, ["blocks.11.mlp.1.weight"] = 311, ["blocks.11.deep.4.fc.weight"] = 104,
            },
            Means(plan));
        Assert.Equal(
            ["blocks.11.gamma"],
            Where(p => p.HasBlock && p.Block == 11 && p.BlockCount == 3 && p.Name == "gamma").Param("*", Ones).Compile(model).Steps.Select(step => step.Path));
        Assert.Contains(
            "7.weight [4, 4] lies in no numbered module; HasBlock tells.",
            Compiling.Refused(When<Layer>().Weight(From(p => Const(p.Block))), model).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BlockCount_is_known_to_a_predicate_whatever_other_rules_there_are()
    {
        RuleSet rules = When<Layer>().Weight(Normal()) + Where(p => p.HasBlock && p.Block == p.BlockCount - 1).Weight(Ones);
        Assert.Equal(
            ["h.2.ln_1.weight", "h.2.attn.c_attn.weight", "h.2.attn.c_proj.weight", "h.2.ln_2.weight", "h.2.mlp.c_fc.weight", "h.2.mlp.c_proj.weight"],
            rules.Compile(Transformer()).Steps.Where(step => step.Law.Equals(new ConstantLaw(1))).Select(step => step.Path));
    }

    [Fact]
    public void Layers_of_a_model_that_shows_no_tree_are_counted_in_the_order_of_its_parameters()
    {
        ParamSpec Of(string path, ModuleNode? node = null) => new()
        {
            ModulePath = path, Name = "weight", ModuleType = typeof(FakeLinear), Node = node, Kind = LayerKind.Linear, Role = ParamRole.Weight, Shape = new(2, 2),
        };
        RuleSet rules = All.Weight(From(p => Const((10 * p.LayerCount) + p.Depth)));
        Assert.Equal(
            new() { ["b.weight"] = 20, ["a.weight"] = 21 },
            Means(rules.Compile(new TestModel(new MemoryStore(Of("b")), new MemoryStore(Of("a"))))));
        Assert.Equal(
            new() { ["c.weight"] = 30, ["a.weight"] = 32 },
            Means(rules.Compile(new TestModel(new MemoryStore(Of("c"), [Of("b")]), new MemoryStore(Of("a"))))));

        // Nor where it shows a part of one.
        ModuleNode known = ModuleNode.Root(new Block()).With([("b", new Layer())], inOrder: false)[0];
        Assert.Equal(
            new() { ["c.weight"] = 30, ["a.weight"] = 32 },
            Means(rules.Compile(new TestModel(new MemoryStore(Of("c"), [Of("b", known)]), new MemoryStore(Of("a"))))));
    }

    [Fact]
    public void Depth_is_not_known_while_layers_are_being_selected()
    {
        foreach (Func<ParamSpec, bool> asks in new Func<ParamSpec, bool>[]
                 {
                     p => p.Depth == 0, p => p.LayerCount == 0, p => p.Branch == 0, p => p.BranchCount == 0, p => p.BranchDepth == 0, p => p.BranchLayers == 0,
                 })
        {
            Diagnostic error = Assert.Single(
                Compiling.Refused(Where(asks).Weight(Ones), Transformer()).Diagnostics, found => found.Severity == Severity.Error);
            Assert.Equal("INIT009", error.Code);
            Assert.Contains(
                "counts the layers that a rule selects: it is known in .Weight(From(p => …)) and the like, not where they are still being selected.",
                error.Message,
                StringComparison.Ordinal);
        }

        ParamSpec alone = Transformer().Stores[0].Spec;
        Assert.Throws<InvalidOperationException>(() => alone.Depth);
        Assert.Throws<InvalidOperationException>(() => Transformer().Stores.First(store => store.Spec.HasBlock).Spec.BlockCount);
        PlanSlice slice = When<Layer>().In("h.0").Rows(0, 1).Weight(Zeros).Compile(Transformer()).Steps[0].Slices[0];
        Assert.Throws<InvalidOperationException>(() => slice.Spec.BlockCount);
    }

    [Fact]
    public void A_predicate_that_fails_is_told_once_and_not_as_a_failure_of_From()
    {
        RuleSet rules = Where(p => p.Path != "head.weight" || p.Shape[7] > 0).Weight(From(p => Const(p.Depth)));
        Assert.Equal("INIT009", Assert.Single(Compiling.Refused(rules, Transformer()).Diagnostics, found => found.Severity == Severity.Error).Code);

        // The layer where it fails is not selected, and so not counted: 19 of 20 are.
        int layers = 0;
        Compiling.Refused(Where(p => p.Path != "head.weight" || p.Shape[7] > 0).Weight(From(p => Const(layers = p.LayerCount))), Transformer());
        Assert.Equal(19, layers);
    }

    [Fact]
    public void Neighbours_are_seen_where_modules_run_in_order_and_parents_everywhere()
    {
        TestModel model = In("", Sequence("seq", Linear("fc1"), Normalization("norm"), Linear("fc2")), In("own", Linear("x"), Linear("y"))).Model();
        Dictionary<string, ParamSpec> specs = model.Stores.Where(store => store.Spec.Name == "weight").ToDictionary(store => store.Spec.ModulePath, store => store.Spec);
        Assert.Equal("seq.norm (Norm)", specs["seq.fc1"].Next!.ToString());
        Assert.Null(specs["seq.fc1"].Previous);
        Assert.Equal("seq.fc1", specs["seq.norm"].Previous!.Path);
        Assert.Equal(typeof(Layer), specs["seq.norm"].Next!.Type);
        Assert.Null(specs["seq.fc2"].Next);
        Assert.Null(specs["own.x"].Next);
        Assert.Null(specs["own.y"].Previous);
        Assert.Equal("own", specs["own.y"].Parent!.Path);
        Assert.Equal("the root (Block)", specs["own.y"].Parent!.Parent!.ToString());
        Assert.Null(specs["own.y"].Parent!.Parent!.Parent);
        Assert.True(specs["seq.fc1"].Next.Is<Norm>() && specs["seq.fc1"].Next.Is<FakeTree>());
        Assert.False(specs["seq.fc1"].Next.Is<Layer>() || specs["seq.fc1"].Previous.Is<FakeTree>());
        Assert.Equal(["seq.fc1.weight"], Selected(Where(p => p.Next.Is<Norm>()), model));
    }

    [Fact]
    public void First_and_last_are_those_of_a_type_among_the_modules_of_one_parent()
    {
        TestModel model = In(
            "net",
            Normalization("stem"),
            In("0", Linear("c1"), Normalization("n1"), Linear("c2"), Normalization("n2"), Sequence("down", Linear("0"), Normalization("1")))).Model();
        Assert.Equal(["0.n2.weight"], Selected(When<Norm>().LastIn<Block>().And(When<Norm>().ChildOf<Block>()).And(Named("stem").Not()), model));
        Assert.Equal(["stem.weight", "0.n2.weight"], Selected(When<Norm>().LastIn<Block>(), model));
        Assert.Equal(["stem.weight", "0.n1.weight"], Selected(When<Norm>().FirstIn<Block>(), model));
        Assert.Equal(["0.c2.weight", "0.down.0.weight"], Selected(When<Layer>().LastIn<FakeTree>(), model));
        Assert.Equal(["0.c1.weight", "0.c2.weight"], Selected(When<Layer>().ChildOf<Block>(), model));
        Assert.Equal("When<Norm>().LastIn<Block>()", When<Norm>().LastIn<Block>().ToString());
        Assert.Equal("All.FirstIn<Block>().Or(All.ChildOf<Block>())", (All.FirstIn<Block>() | All.ChildOf<Block>()).ToString());

        // A parameter of which nothing is known but its name has no parent.
        Assert.Empty(Selected(All.ChildOf<object>(), TestModel.Of(TestModel.Linear("fc", 2, 2))));
    }

    [Fact]
    public void A_predicate_over_the_module_sees_the_object()
    {
        TestModel model = In("", Linear("small"), Linear("large", size: 9), Normalization("norm")).Model();
        Selector large = When<Layer>(layer => layer.Size > 4);
        Assert.Equal(["large.weight"], Selected(large, model));
        Assert.Equal(["small.weight", "large.weight"], Selected(When<FakeTree>(tree => tree.Kind == LayerKind.Linear), model));
        Assert.Equal("When<Layer>(…)", large.ToString());
        Assert.Equal("When<Layer>(…).And(Where(…)).Not()", large.And(Where(_ => true)).Not().ToString());
        Assert.Throws<ArgumentNullException>(() => When<Layer>(null!));
    }

    [Fact]
    public void A_predicate_over_the_module_that_fails_is_a_finding()
    {
        TestModel model = In("", Linear("fc"), Normalization("norm")).Model();
        RuleSet rules = When<Layer>(layer => layer.Children[3].InOrder).Weight(Ones) + When<Norm>().Bias(Xavier);
        InitException refused = Compiling.Refused(rules, model);
        Assert.Equal(["INIT009", "INIT001"], refused.Diagnostics.Select(found => found.Code).Take(2));
        Assert.StartsWith(
            "fc.weight [4, 4] of Layer: the function given to When<Layer> failed with IndexOutOfRangeException: ", refused.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains(
            "the function given to Where or When<Layer> failed",
            Compiling.Refused(Where(p => p.Shape[9] > 0).And(When<Layer>(_ => true)).Weight(Ones), model).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_without_parameters_of_its_own_is_explained()
    {
        TestModel model = In("", Linear("stem"), In("h", [.. Enumerable.Range(0, 3).Select(i => In($"{i}", Linear("a"), In("mlp", Linear("b"))))])).Model();
        string Hint(Selector selector) =>
            Assert.Single(selector.Weight(Ones).Compile(model).Diagnostics, found => found.Code == "INIT101").Message.Split(" matches no parameter. ")[1];
        Assert.Equal(
            "What it selects, h.0, has no parameters of its own. For the modules in it write When<Layer>().In(\"h.0\").",
            Hint(When<Block>().In("h.*").FirstIn<Block>() & !Named("*.mlp")));
        Assert.Equal(
            "What it selects, h.0, h.1, h.2, has no parameters of its own. For the modules in it write When<Layer>().ChildOf<Block>().",
            Hint(Named("h.?")));
        Assert.Equal("What it selects, h, has no parameters of its own. For the modules in it write When<Layer>().In(\"h\").", Hint(Named("h")));
        Assert.Equal(
            "What it selects, \"\" (the root), has no parameters of its own. For the modules in it write When<Layer>().",
            Hint(When<Block>() & !Named("h") & !Named("h.*")));
        Assert.Equal("Module types with parameters are Layer.", Hint(When<Norm>()));
        TestModel deep = In("", In("a", In("x", Linear("fc"))), In("b", In("y", Linear("fc")))).Model();
        Assert.Equal(
            "What it selects, a, b, has no parameters of its own. For the modules in it write When<Layer>().In(\"a\"), or what their paths have in common.",
            Assert.Single(Named("?").Weight(Ones).Compile(deep).Diagnostics, found => found.Code == "INIT101").Message.Split(" matches no parameter. ")[1]);
        Assert.Single(When<Layer>().In("h.0").Weight(Ones).Compile(model).Steps, step => step.Path == "h.0.a.weight");
        Assert.Equal(3, When<Layer>().ChildOf<Block>().In("h.*").Weight(Ones).Compile(model).Steps.Count(step => step.Path.EndsWith("a.weight", StringComparison.Ordinal)));
    }

    /// <summary>Fixup (Zhang et al. 2019): L branches of m layers, He × L^(−1/(2m−2)), the last layer of each 0.</summary>
    [Fact]
    public void Fixup_counts_its_branches_itself()
    {
        TestModel model = In(
            "", Linear("stem"), In("h", [.. Enumerable.Range(0, 5).Select(i => In($"{i}", Linear("c1"), Linear("c2"), Linear("c3")))]), Linear("head")).Model();
        RuleSet rules =
            When<Layer>().Weight(Kaiming)
            + When<Layer>().In("h").Weight(From(p => Kaiming.Scale(Math.Pow(p.BranchCount, -1.0 / ((2 * p.BranchLayers) - 2)))))
            + When<Layer>().In("h").LastIn<Block>().Weight(Zeros)
            + Named("head").Weight(Zeros);
        Dictionary<string, double> stds = rules.Compile(model).Steps.ToDictionary(step => step.Path, step => step.Law.Std);
        double he = Math.Sqrt(2.0 / 4);
        Assert.Equal(he, stds["stem.weight"], 1e-15);
        Assert.Equal(0, stds["head.weight"]);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(he * Math.Pow(5, -0.25), stds[$"h.{i}.c1.weight"], 1e-15);
            Assert.Equal(he * Math.Pow(5, -0.25), stds[$"h.{i}.c2.weight"], 1e-15);
            Assert.Equal(0, stds[$"h.{i}.c3.weight"]);
        }
    }

    [Fact]
    public void Inside_an_opaque_module_every_path_is_a_layer()
    {
        var encoder = ModuleNode.Root(new Block()).With([("enc", new Block())], inOrder: false)[0];
        ParamSpec[] specs = [.. from layer in Enumerable.Range(0, 3)
                                from inner in new[] { "self_attn.out_proj", "linear1", "linear2" }
                                select new ParamSpec
                                {
                                    ModulePath = $"enc.layers.{layer}.{inner}", InnerPath = $"layers.{layer}.{inner}", Name = "weight", Node = encoder,
                                    ModuleType = typeof(Block), Kind = LayerKind.Linear, Role = ParamRole.Weight, Shape = new(2, 2), LayerFans = new(2, 2),
                                }];
        var model = new TestModel([.. specs.Select(spec => new MemoryStore(spec))]);
        Plan plan = Named("*.{out_proj,linear2}").Weight(From(p => Const(
            p.Depth + (10 * p.LayerCount) + (100 * p.Branch) + (1000 * p.Block) + (10000 * p.BlockCount)))).Compile(model);
        Assert.Equal([30060.0, 30161, 31262, 31363, 32464, 32565], plan.Steps.Select(step => step.Law.Mean));
    }

    private static Dictionary<string, double> Means(Plan plan) => plan.Steps.ToDictionary(step => step.Path, step => step.Law.Mean);

    private static string[] Selected(Selector selector, TestModel model) =>
        [.. selector.Weight(Const(1)).Compile(model).Steps.Select(step => step.Path)];
}
