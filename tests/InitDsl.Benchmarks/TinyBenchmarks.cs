namespace InitDsl.Benchmarks;

/// <summary>Networks of two layers, where fixed costs are all there is.</summary>
[MemoryDiagnoser]
[HideColumns("Job", "Error", "RatioSD")]
public class TinyBenchmarks
{
    private readonly RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros);
    private Linear first = null!;
    private Linear second = null!;
    private Sequential model = null!;
    private Plan plan = null!;

    [Params("8-16-2", "64-128-10", "784-256-10")]
    public string Sizes { get; set; } = "";

    [GlobalSetup]
    public void Build()
    {
        int[] sizes = [.. Sizes.Split('-').Select(int.Parse)];
        first = Linear(sizes[0], sizes[1]);
        second = Linear(sizes[1], sizes[2]);
        model = Sequential(("fc1", first), ("relu", ReLU()), ("fc2", second));
        plan = rules.Compile(model, seed: 1);
        TorchNnInit();
        Right.Check(plan);
        plan.Apply();
        Right.Check(plan);
    }

    [Benchmark(Baseline = true)]
    public void TorchNnInit()
    {
        using var scope = NewDisposeScope();
        foreach (Linear layer in (Linear[])[first, second])
        {
            init.kaiming_normal_(layer.weight, nonlinearity: init.NonlinearityType.ReLU);
            init.zeros_(layer.bias!);
        }
    }

    [Benchmark]
    public Report Initialize() => model.Initialize(rules, seed: 1);

    [Benchmark]
    public Report ApplyAgain() => plan.Apply();
}
