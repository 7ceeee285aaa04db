namespace InitDsl.Tests;

/// <summary>What a model of two small layers costs beside its values. Times differ from run to run; allocations do not.</summary>
public class TinyModelTests
{
    private const int Times = 50;

    private static readonly RuleSet Rules = When<Linear>().Weight(Kaiming).Bias(Zeros);

    [Fact]
    public void Initialising_allocates_little()
    {
        using Sequential model = Model();
        Assert.InRange(AllocatedBy(() => model.Initialize(Rules, seed: 1)), 0, 24_000);
    }

    [Fact]
    public void Applying_a_plan_again_allocates_less()
    {
        using Sequential model = Model();
        Plan plan = Rules.Compile(model, seed: 1);
        Assert.InRange(AllocatedBy(() => plan.Apply()), 0, 8_000);
    }

    private static Sequential Model() => Sequential(("first", Linear(2, 16)), ("relu", ReLU()), ("second", Linear(16, 1)));

    private static long AllocatedBy(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
