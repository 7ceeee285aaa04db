namespace InitDsl.Benchmarks;

/// <summary>Compiling 50 rules against many layers.</summary>
[MemoryDiagnoser]
[HideColumns("Job", "Error")]
public class CompileBenchmarks
{
    private Sequential model = null!;
    private RuleSet rules = null!;

    [Params(1_000, 10_000)]
    public int Layers { get; set; }

    [GlobalSetup]
    public void Build()
    {
        model = Sequential([.. Enumerable.Range(0, Layers).Select(i => ($"layer{i}", (Module<Tensor, Tensor>)Linear(2, 2)))]);
        rules = RuleSet.Of(
        [
            When<Linear>().Weight(Kaiming).Bias(Zeros),
            .. Enumerable.Range(0, 49).Select(i => (RuleSet)Named($"layer*{i}").Weight(Normal(std: 0.01 * (i + 1)))),
        ]);
        Plan plan = Compile();
        if (plan.Steps.Count != 2 * Layers)
        {
            throw new InvalidOperationException($"{plan.Steps.Count} steps for {Layers} layers");
        }
    }

    [Benchmark]
    public Plan Compile() => rules.Compile(model, seed: 1);

    [Benchmark]
    public int Explain() => Compile().Explain().Length;
}
