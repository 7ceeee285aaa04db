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

    /// <summary>No time is taken: reading every value once a slice would be ten thousand million values here.</summary>
    [Fact]
    public void Ten_thousand_slices_are_compiled_filled_and_verified_each_by_its_own_rows()
    {
        const int Rows = 10_000;
        RuleSet rules = RuleSet.Of(Enumerable.Range(0, Rows).Select(i => All.Rows(i, i + 1).Weight(Const(i))));
        TestModel model = TestModel.Of(TestModel.Linear("fc", Rows, 100, bias: false));
        Plan plan = rules.Compile(model);
        plan.Apply();
        Assert.Equal(Rows, plan.Steps[0].Slices.Count);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (float)i), model["fc.weight"].Floats.Where((_, at) => at % 100 == 99));
        Assert.True(plan.Verify().Passed);
        Assert.Equal(Math.Sqrt(((double)Rows * Rows - 1) / 12), plan.Steps[0].Law.Std, 6);
    }

    [Fact]
    public void A_view_reads_the_runs_that_are_asked_for_and_no_others()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 100, 60, bias: false));
        Plan plan = All.Weight(Normal()).Compile(model);
        plan.Apply();
        float[] stored = model["fc.weight"].Floats;
        ValueView view = ValueView.Of(plan.Steps[0]);
        long read = 0;
        for (int row = 0; row < 100; row++)
        {
            double[] values = view.DividedBy(2).Range(row * 60, 60).Range(10, 50).ToArray();
            Assert.Equal(stored.Skip((row * 60) + 10).Take(50).Select(value => value / 2.0), values);
            StoredValues.Visit(plan.Steps[0].Store, row * 60, 60, (_, part) => read += part.Length);
        }

        Assert.Equal(stored.Length, read);
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
