namespace InitDsl.Tests;

public class RuleSetTests
{
    [Property]
    public void Plus_is_associative(RuleChoice a, RuleChoice b, RuleChoice c)
    {
        RuleSet left = a.Rules + b.Rules + c.Rules;
        RuleSet right = a.Rules + (b.Rules + c.Rules);
        Assert.Equal(left.Rules, right.Rules);
        Assert.Equal(Outcome(left), Outcome(right));
    }

    [Property]
    public void Empty_changes_nothing_on_either_side(RuleChoice a)
    {
        Assert.Equal(a.Rules.Rules, (RuleSet.Empty + a.Rules).Rules);
        Assert.Equal(a.Rules.Rules, (a.Rules + RuleSet.Empty).Rules);
    }

    [Property]
    public void Named_twins_do_what_operators_do(RuleChoice a, RuleChoice b)
    {
        Assert.Equal((a.Rules + b.Rules).Rules, a.Rules.Then(b.Rules).Rules);
        Assert.Equal((a.Rules + b.Rules).Rules, RuleSet.Of(a.Rules, b.Rules).Rules);
        Assert.Equal((a.Rules + b.Rules).Rules, RuleSet.Of(new List<RuleSet> { a.Rules, b.Rules }).Rules);
        Assert.Equal((a.Rules + b.Rules).Rules, RuleSet.Of((a.Rules + b.Rules).Rules.ToArray()).Rules);
    }

    [Property]
    public void The_last_rule_that_matches_wins(RuleChoice before, RuleChoice after)
    {
        RuleSet rules = before.Rules + When<FakeLinear>().Weight(Const(0.125)) + after.Rules;
        Dictionary<string, string> outcome = Outcome(rules);
        Dictionary<string, string> alone = Outcome(after.Rules);
        string expected = alone["fc1.weight"] == "-" ? "Const(0.125)" : alone["fc1.weight"];
        Assert.Equal(expected, outcome["fc1.weight"]);
    }

    [Property]
    public void A_rule_added_changes_only_what_it_matches(RuleChoice before)
    {
        Dictionary<string, string> without = Outcome(before.Rules);
        Dictionary<string, string> with = Outcome(before.Rules + Named("fc2").Bias(Const(0.5)));
        foreach (string path in without.Keys.Where(path => path != "fc2.bias"))
        {
            Assert.Equal(without[path], with[path]);
        }

        Assert.Equal("Const(0.5)", with["fc2.bias"]);
    }

    [Fact]
    public void What_lost_is_kept_as_shadowed_in_order()
    {
        Rule general = When<FakeLinear>().Weight(Kaiming);
        Rule named = Named("fc*").Weight(Xavier);
        Rule exception = Named("fc1").Weight(Zeros);
        Plan plan = (general + named + exception).Compile(Model());
        PlanStep first = plan.Steps.Single(step => step.Path == "fc1.weight");
        Assert.Same(exception, first.Rule);
        Assert.Equal([general, named], first.Shadowed);
        Assert.Same(first.Shadowed, first.Shadowed);  // made once
        Assert.Same(named, plan.Steps.Single(step => step.Path == "fc2.weight").Rule);
    }

    [Fact]
    public void Within_a_rule_the_last_word_that_matches_wins()
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 3, 5));
        Plan plan = When<FakeLstm>().Weight(Zeros).Param("weight_hh*", Ones).Compile(model);
        Assert.Equal(new ConstantLaw(0), plan.Steps[0].Law);
        Assert.Equal(new ConstantLaw(1), plan.Steps[1].Law);
    }

    [Fact]
    public void Words_return_a_new_rule_and_leave_the_old_one_as_it_was()
    {
        Rule weight = When<FakeLinear>().Weight(Zeros);
        Rule both = weight.Bias(Ones);
        RuleSet set = weight + both;
        _ = set.In("fc1");
        Assert.Equal("When<FakeLinear>().Weight(Zeros)", weight.ToString());
        Assert.Equal("When<FakeLinear>().Weight(Zeros).Bias(Ones)", both.ToString());
        Assert.Equal([weight, both], set.Rules);
        Assert.Equal($"{weight}{Environment.NewLine}+ {both}", set.ToString());
        Assert.Equal("RuleSet.Empty", RuleSet.Empty.ToString());
        Assert.Equal(4, weight.Compile(Model()).Untouched.Count);
    }

    [Fact]
    public void In_keeps_a_rule_set_to_a_part_of_the_model()
    {
        RuleSet rules = (When<FakeLinear>().Weight(Ones) + When<FakeNorm>().Weight(Zeros)).In("fc1");
        Dictionary<string, string> outcome = Outcome(rules);
        Assert.Equal("Const(1)", outcome["fc1.weight"]);
        Assert.Equal("-", outcome["fc2.weight"]);
        Assert.Equal("-", outcome["norm.weight"]);
    }

    [Fact]
    public void A_null_rule_is_refused_where_it_is_given()
    {
        Assert.Throws<ArgumentNullException>(() => When<FakeLinear>().Weight(null!));
        Assert.Throws<ArgumentNullException>(() => When<FakeLinear>().Param(null!, Zeros));
        Assert.Equal("later", Assert.Throws<ArgumentNullException>(() => RuleSet.Empty + null!).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentNullException>(() => null! + RuleSet.Empty).ParamName);
        Assert.Equal("json", Assert.Throws<ArgumentNullException>(() => RuleSet.Parse(null!)).ParamName);
        Assert.Equal("sets", Assert.Throws<ArgumentNullException>(() => RuleSet.Of((IEnumerable<RuleSet>)null!)).ParamName);
        Assert.Equal("modulePath", Assert.Throws<ArgumentNullException>(() => All.Weight(Ones).StreamAs(null!)).ParamName);
        Assert.Throws<ArgumentException>(() => RuleSet.Of(RuleSet.Empty, null!));
    }

    private static TestModel Model() => TestModel.Of(
        TestModel.Linear("fc1", 4, 3), TestModel.Norm("norm", 4), TestModel.Linear("fc2", 2, 4));

    private static Dictionary<string, string> Outcome(RuleSet rules)
    {
        Plan plan = rules.Compile(Model());
        return plan.Steps.Select(step => (step.Path, Text: step.Law.ToString()!))
            .Concat(plan.Untouched.Select(left => (left.Path, Text: left.Rule is null ? "-" : "kept")))
            .ToDictionary(found => found.Path, found => found.Text);
    }
}

/// <summary>A small rule set that compiles against the model above, by index, so that FsCheck shrinks it.</summary>
public sealed class RuleChoice(byte[] picks)
{
    private static readonly Rule[] Known =
    [
        When<FakeLinear>().Weight(Kaiming),
        When<FakeLinear>().Weight(Xavier).Bias(Zeros),
        When<FakeLinear>().Bias(Const(0.01)),
        When<FakeNorm>().Weight(Ones).Bias(Zeros),
        Named("fc*").Weight(Normal(0, 0.02)),
        Named("fc2").Keep(),
        Where(p => p.Shape.Rank == 1).Param("*", Ones),
        All.Bias(Uniform(-1, 1)),
        When<FakeModule>().In("fc1").Weight(Orthogonal()),
        When<FakeNorm>().Or(Named("fc1")).Bias(Const(2)),
        When<FakeNorm>().Not().And(Named("*1")).Weight(LeCunNormal),
    ];

    public RuleSet Rules { get; } = RuleSet.Of(picks.Take(6).Select(pick => Known[pick % Known.Length]));

    public override string ToString() => Rules.ToString();
}
