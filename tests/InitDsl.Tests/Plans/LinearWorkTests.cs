namespace InitDsl.Tests;

public class LinearWorkTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Every_rule_is_asked_once_a_parameter(int layers)
    {
        const int Rules = 50;
        long asked = 0;
        RuleSet rules = RuleSet.Of(Enumerable.Range(0, Rules).Select(_ => Where(_ =>
        {
            asked++;
            return true;
        }).Weight(Zeros)));
        TestModel model = TestModel.Of([.. Enumerable.Range(0, layers).Select(i => TestModel.Linear($"layer{i}", 1, 1))]);

        Plan plan = rules.Compile(model);

        Assert.Equal(layers, plan.Steps.Count);
        Assert.Equal((long)Rules * layers, asked);
    }

    [Fact]
    public void A_scope_reaches_through_800_levels()
    {
        string path = string.Join('.', Enumerable.Repeat("inner", 800));
        TestModel model = TestModel.Of(TestModel.Linear($"top.{path}", 2, 2), TestModel.Linear($"topmost.{path}", 2, 2));

        Plan plan = All.In("t*p").Weight(Ones).Compile(model);

        Assert.Equal($"top.{path}.weight", Assert.Single(plan.Steps).Path);
    }
}
