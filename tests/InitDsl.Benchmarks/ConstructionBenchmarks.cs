namespace InitDsl.Benchmarks;

/// <summary>A GPT-2 of 30 million parameters, from nothing to initialised.</summary>
[HideColumns("Job", "Error", "RatioSD")]
public class ConstructionBenchmarks
{
    private readonly Gpt2Config config = new(8192, 512, 8, 512, 8);
    private RuleSet rules = null!;

    [GlobalSetup]
    public void Rules()
    {
        rules = When<Linear, Embedding>().Weight(Normal(std: 0.02))
            + When<Linear>().Bias(Zeros)
            + When<LayerNorm>().Weight(Ones).Bias(Zeros)
            + Named("*.c_proj").Weight(Normal(std: 0.02 / Math.Sqrt(2 * config.Layers)));
        using var ordinary = new Gpt2(config);
        TorchNnInit(ordinary);
        Right.Check(rules.Compile(ordinary, seed: 1));
        using Gpt2 deferred = Deferred.Build(() => new Gpt2(config), rules, seed: 1);
        Right.Check(rules.Compile(deferred, seed: 1));
    }

    [Benchmark(Baseline = true)]
    public void OrdinaryThenTorchNnInit()
    {
        using var model = new Gpt2(config);
        TorchNnInit(model);
    }

    [Benchmark]
    public void OrdinaryThenInitDsl()
    {
        using var model = new Gpt2(config);
        model.Initialize(rules, seed: 1);
    }

    [Benchmark]
    public void DeferredByInitDsl()
    {
        using Gpt2 model = Deferred.Build(() => new Gpt2(config), rules, seed: 1);
    }

    private void TorchNnInit(Gpt2 model)
    {
        using var scope = NewDisposeScope();
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            if (parameter.Dimensions == 1)
            {
                init.constant_(parameter, name.Contains("ln_", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
            }
            else if (name != "lm_head.weight")
            {
                double std = name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? 0.02 / Math.Sqrt(2 * config.Layers) : 0.02;
                init.normal_(parameter, 0, std);
            }
        }
    }
}
