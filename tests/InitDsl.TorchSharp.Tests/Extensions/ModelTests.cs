namespace InitDsl.Tests;

public class ModelTests
{
    private static readonly RuleSet Rules = When<Linear>().Weight(Kaiming).Bias(Const(0.01));

    [Fact]
    public void Compiling_touches_nothing_and_applying_fills_in_place()
    {
        using var model = new Perceptron();
        Dictionary<string, byte[]> before = model.State();
        Plan plan = Rules.Compile(model, seed: 42);
        Assert.Equal(before, model.State());
        Report report = plan.Apply();
        Assert.NotEqual(before, model.State());
        Assert.Equal(["first.weight", "first.bias", "second.weight", "second.bias"], report.Entries.Select(entry => entry.Path));
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void The_same_seed_gives_the_same_values_whatever_the_way()
    {
        using var first = new Perceptron();
        using var second = new Perceptron();
        Rules.Compile(first, seed: 42).Apply();
        Assert.Equal(42, second.Initialize(Rules, seed: 42).Seed);
        Assert.Equal(first.State(), second.State());
        second.Initialize(Rules, RandomSource.Philox(42));
        Assert.Equal(first.State(), second.State());
        second.Initialize(Rules, seed: 43);
        Assert.NotEqual(first.State(), second.State());
    }

    [Fact]
    public void Without_a_seed_the_global_generator_governs_and_the_report_tells()
    {
        using var model = new Perceptron();
        manual_seed(5);
        Report report = model.Initialize(Rules);
        Dictionary<string, byte[]> first = model.State();
        Assert.NotEqual(report.Seed, model.Initialize(Rules).Seed);
        manual_seed(5);
        Assert.Equal(report.Seed, model.Initialize(Rules).Seed);
        Assert.Equal(first, model.State());
        model.Initialize(Rules, seed: report.Seed);
        Assert.Equal(first, model.State());
        manual_seed(5);
        Assert.Equal(report.Seed, Rules.Compile(model).Seed);
    }

    [Fact]
    public void A_rule_stands_for_a_rule_set_and_every_module_can_be_given()
    {
        Rule rule = When<Linear>().Weight(Ones);
        Module<Tensor, Tensor> typed = Linear(2, 2);
        nn.Module untyped = Sequential(typed);
        Assert.Single(rule.Compile(typed, seed: 1).Steps);
        Assert.Single(untyped.Initialize(rule, seed: 1).Entries);
        untyped.Dispose();
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        using Linear model = Linear(2, 2);
        Assert.Equal("rules", Assert.Throws<ArgumentNullException>(() => ((RuleSet)null!).Compile(model)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => Rules.Compile(null!, seed: 1)).ParamName);
        Assert.Equal("source", Assert.Throws<ArgumentNullException>(() => Rules.Compile(model, (RandomSource)null!)).ParamName);
        Assert.Equal("rules", Assert.Throws<ArgumentNullException>(() => model.Initialize((RuleSet)null!)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => ((nn.Module)null!).Initialize(Rules)).ParamName);
        Assert.Equal("plan", Assert.Throws<ArgumentNullException>(() => ((Plan)null!).Visitor()).ParamName);
        Assert.Equal("tensor", Assert.Throws<ArgumentNullException>(() => ((Tensor)null!).Initialize(Ones)).ParamName);
        Assert.Equal("init", Assert.Throws<ArgumentNullException>(() => model.weight.Initialize(null!, seed: 1)).ParamName);
    }

    [Fact]
    public void A_null_seed_leaves_the_generator_alone_when_the_arguments_are_refused()
    {
        manual_seed(5);
        Assert.Throws<ArgumentNullException>(() => Rules.Compile(null!));
        using Tensor first = empty(3).uniform_(0, 1);
        manual_seed(5);
        using Tensor second = empty(3).uniform_(0, 1);
        Assert.Equal(second.Bytes(), first.Bytes());
    }
}
