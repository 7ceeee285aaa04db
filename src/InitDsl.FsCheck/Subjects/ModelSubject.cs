using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Rules on a model of the user's.</summary>
internal sealed class ModelSubject(Func<nn.Module> factory, RuleSet rules, InitLawOptions options) : Subject
{
    internal override string Name => rules.ToString();

    internal override RuleSet? Rules => rules;

    internal override string? WhyNoVariance => options.Input is null ? "say InitLawOptions.Input, which makes an input of the model" : null;

    internal override IReadOnlyList<Drawn> Draw(long seed) => DrawWith(rules, seed);

    internal override IReadOnlyList<Drawn> DrawWith(RuleSet rules, long seed) => With(model => Apply(rules, model, seed));

    /// <summary>Module by module from the leaves to the root, where a plan goes from the root.</summary>
    internal override IReadOnlyList<Drawn> DrawRearranged(long seed) => With(model =>
    {
        Plan plan = rules.Compile(model, seed);
        model.apply(plan.Visitor());
        return [.. plan.Steps.Select(Drawn.Of)];
    });

    internal override IReadOnlyList<Drawn> DrawOver(long seed) => With(model =>
    {
        Apply(rules, model, seed + 1);
        rules.Compile(model, seed).Apply(maxThreads: 1);
        return Apply(rules, model, seed);
    });

    internal override Growth Propagate(long seed)
    {
        using var scope = NewDisposeScope();
        using IDisposable grad = enable_grad();
        using GlobalGenerator held = GlobalGenerator.Hold();
        GlobalGenerator.Seed(seed);
        nn.Module model = factory();
        rules.Compile(model, seed).Apply();
        if (model is not nn.Module<Tensor, Tensor> function)
        {
            throw new ArgumentException($"{Code.TypeName(model.GetType())} is no Module<Tensor, Tensor>: its variance cannot be measured. Leave InitLawOptions.Input out.");
        }

        Tensor input = options.Input!().detach();
        if (input.is_floating_point())
        {
            input.requires_grad_();
        }

        return Signals.Through(input, function.call(input), seed);
    }

    internal override FanMode Promise()
    {
        using var scope = NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        return Promises.Of(rules.Compile(factory(), seed: 0));
    }

    internal override string Repro(string path, long seed) =>
        $"var model = factory(); model.Initialize({Written.Of(rules, nameof(rules))}, seed: {seed});{Written.Look(path)}";

    private static IReadOnlyList<Drawn> Apply(RuleSet rules, nn.Module model, long seed)
    {
        Plan plan = rules.Compile(model, seed);
        plan.Apply();
        return [.. plan.Steps.Select(Drawn.Of)];
    }

    /// <summary>A fresh model, gone afterwards. Its constructor may draw: torch's generator is left as it was.</summary>
    private IReadOnlyList<Drawn> With(Func<nn.Module, IReadOnlyList<Drawn>> use)
    {
        using var scope = NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        return use(factory());
    }
}
