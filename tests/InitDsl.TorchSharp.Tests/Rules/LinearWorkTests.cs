namespace InitDsl.Tests;

/// <summary>Large models cost as much as they have parameters. Work is counted, not timed.</summary>
public class LinearWorkTests
{
    private const int Rules = 5;

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void Every_rule_looks_once_at_each_parameter_of_many_modules(int modules)
    {
        using var model = Sequential(Enumerable.Range(0, modules).Select(i => ($"layer{i}", (nn.Module<Tensor, Tensor>)Linear(1, 1))));
        Counts(model, modules);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(800)]
    public void Every_rule_looks_once_at_each_parameter_of_deep_models(int depth)
    {
        nn.Module<Tensor, Tensor> chain = Linear(1, 1);
        for (int i = 1; i < depth; i++)
        {
            chain = Sequential(("fc", Linear(1, 1)), ("inner", chain));
        }

        // Left to the collector: TorchSharp's Dispose of a chain takes ten times as long for one twice as deep.
        Counts(chain, depth);
    }

    private static void Counts(nn.Module model, int layers)
    {
        long asked = 0;
        long seen = 0;
        RuleSet rules = RuleSet.Of(Enumerable.Range(0, Rules).Select(i => Where(_ =>
        {
            asked++;
            return true;
        }).Param("*", Const(i)))) + When<Linear>(_ =>
        {
            seen++;
            return true;
        }).Weight(From(p => Const(p.Depth)));

        Plan plan = rules.Compile(model, seed: 1);
        plan.Apply();

        Assert.Equal(2 * layers, plan.Steps.Count);
        Assert.Equal(2L * Rules * layers, asked);
        // Once to decide, and once more for all to count layers, however many ask for their depth.
        Assert.Equal(2L * layers, seen);
        Assert.Equal(Enumerable.Range(0, layers), plan.Steps.Where(step => step.Spec.Role == ParamRole.Weight).Select(step => (int)step.Law.Mean));
        Assert.True(plan.Verify().Passed);
    }
}
