namespace InitDsl.Tests;

public class DeterminismTests
{
    private static readonly RuleSet Rules =
        When<FakeLinear>().Weight(Kaiming).Bias(Uniform(-1, 1))
        + When<FakeConvolution>().Weight(TruncNormal(std: 0.5)).Bias(Zeros)
        + When<FakeLstm>().Weight(Orthogonal()).Bias(Normal());

    [Property(MaxTest = 50)]
    public void The_same_seed_gives_the_same_bits(long seed)
    {
        TestModel first = Model();
        TestModel second = Model();
        first.Initialize(Rules, seed);
        second.Initialize(Rules, seed);
        second.Initialize(Rules, seed);
        Assert.All(first.Stores, store => Assert.Equal(((MemoryStore)store).Bytes, second[store.Spec.Path].Bytes));
    }

    [Property(MaxTest = 50)]
    public void Another_seed_gives_other_bits_in_every_random_parameter(long seed, PositiveInt difference)
    {
        TestModel first = Model();
        TestModel second = Model();
        first.Initialize(Rules, seed);
        second.Initialize(Rules, unchecked(seed + difference.Get));
        Assert.All(
            first.Stores.Where(store => store.Spec.Path != "conv.bias"),
            store => Assert.NotEqual(((MemoryStore)store).Bytes, second[store.Spec.Path].Bytes));
    }

    /// <summary>Half of a surrogate pair has no UTF-8 form to make a key from.</summary>
    [Fact]
    public void A_path_without_a_key_matters_only_where_something_is_drawn()
    {
        var model = new TestModel(TestModel.Tensor(new(2), path: "\uD800"));
        model.Initialize(All.Weight(Ones));
        Assert.Equal([1f, 1], ((MemoryStore)model.Stores[0]).Floats);
        Assert.Throws<ArgumentException>(() => All.Weight(Normal()).Compile(model));
    }

    [Fact]
    public void A_step_has_the_stream_of_its_path_whether_it_draws_from_it_or_not()
    {
        Plan plan = Rules.Compile(Model(), 7);
        Assert.Contains(plan.Steps, step => step.Law is ConstantLaw);
        Assert.All(plan.Steps, step => Assert.Equal(StreamKey.Of(7, step.Path), step.Stream));
    }

    [Fact]
    public void Adding_removing_and_reordering_layers_changes_no_other_layer()
    {
        TestModel all = Model();
        TestModel reordered = TestModel.Of(
            TestModel.Lstm("rnn", 5, 6), TestModel.Linear("new", 9, 9), TestModel.Linear("fc1", 7, 5), TestModel.Conv("conv", new(4, 3, 3, 3)));
        all.Initialize(Rules);
        reordered.Initialize(Rules);
        string[] common = [.. all.Stores.Select(store => store.Spec.Path).Intersect(reordered.Stores.Select(store => store.Spec.Path))];
        Assert.Equal(8, common.Length);
        Assert.All(common, path => Assert.Equal(all[path].Bytes, reordered[path].Bytes));
    }

    [Fact]
    public void The_order_in_which_steps_are_written_changes_nothing()
    {
        TestModel forwards = Model();
        TestModel backwards = Model();
        Write(Rules.Compile(forwards).Steps);
        Write([.. Rules.Compile(backwards).Steps.Reverse()]);
        Assert.All(forwards.Stores, store => Assert.Equal(((MemoryStore)store).Bytes, backwards[store.Spec.Path].Bytes));
    }

    [Fact]
    public void Parameters_of_one_shape_do_not_start_alike()
    {
        TestModel model = TestModel.Of([.. Enumerable.Range(0, 40).Select(i => TestModel.Linear($"fc{i}", 4, 4, bias: false))]);
        model.Initialize(Rules);
        Assert.Equal(40, model.Stores.Select(store => Convert.ToHexString(((MemoryStore)store).Bytes)).Distinct().Count());
    }

    [Fact]
    public void A_stream_alias_survives_a_rename()
    {
        TestModel old = TestModel.Of(TestModel.Linear("enc.projection", 7, 5));
        TestModel renamed = TestModel.Of(TestModel.Linear("encoder.proj", 7, 5));
        old.Initialize(Rules);
        renamed.Initialize(Named("encoder.proj").Weight(Kaiming).Bias(Uniform(-1, 1)).StreamAs("enc.projection"));
        Assert.Equal(old["enc.projection.weight"].Bytes, renamed["encoder.proj.weight"].Bytes);
        Assert.Equal(old["enc.projection.bias"].Bytes, renamed["encoder.proj.bias"].Bytes);
    }

    [Fact]
    public void A_stream_alias_reaches_into_opaque_modules_and_survives_every_word()
    {
        MemoryStore Attention(string path, string name) => new(new()
        {
            ModulePath = $"{path}.out_proj", InnerPath = "out_proj", Name = name, ModuleType = typeof(FakeModule), Role = ParamRole.Weight, Shape = new(3, 3),
        });
        TestModel old = new(Attention("mha", "weight"));
        TestModel renamed = new(Attention("attn", "weight"));
        old.Initialize(All.Weight(Normal()));
        foreach (RuleSet rules in (RuleSet[])[
            Named("attn").Weight(Normal()).StreamAs("mha"),
            When<FakeModule>().Bias(Zeros).StreamAs("mha").Weight(Normal()),
            When<FakeModule>().Weight(Normal()).StreamAs("mha").In("attn"),
            RuleSet.Of(When<FakeModule>().Weight(Normal()).StreamAs("mha")).In("*")])
        {
            renamed.Initialize(rules);
            Assert.Equal(old.Stores.Select(store => ((MemoryStore)store).Bytes), renamed.Stores.Select(store => ((MemoryStore)store).Bytes));
        }
    }

    [Fact]
    public void Two_exact_laws_may_share_a_stream_and_two_random_ones_not()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 3, 3, bias: false), TestModel.Linear("b", 3, 3, bias: false));
        Assert.Equal(2, All.Weight(Eye).StreamAs("old").Compile(model).Steps.Count);
        Compiling.Refused(All.Weight(Normal()).StreamAs("old"), model);
    }

    [Fact]
    public void A_longer_parameter_begins_with_the_values_of_a_shorter_one()
    {
        TestModel few = new(TestModel.Tensor(new(10)));
        TestModel many = new(TestModel.Tensor(new(1000)));
        few.Initialize(All.Weight(Normal()));
        many.Initialize(All.Weight(Normal()));
        Assert.Equal(few["w"].Floats, many["w"].Floats[..10]);
    }

    [Fact]
    public void The_stream_of_a_step_is_that_of_its_seed_and_path()
    {
        PlanStep step = Rules.Compile(Model(), seed: 5).Steps[0];
        Assert.Equal(StreamKey.Of(5, "fc1.weight"), step.Stream);
    }

    private static void Write(IReadOnlyList<PlanStep> steps) =>
        PlanExecution.Write(new ApplyRun(steps, "Writing", "Write again.", []), null, 2);

    private static TestModel Model() => TestModel.Of(
        TestModel.Linear("fc1", 7, 5), TestModel.Linear("fc2", 7, 5), TestModel.Conv("conv", new(4, 3, 3, 3)), TestModel.Lstm("rnn", 5, 6));
}
