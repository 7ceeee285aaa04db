namespace InitDsl;

/// <summary>A model, rules for it and a seed: all it takes to see a counter-example again.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rules">Rules that compile for it.</param>
/// <param name="Seed">The seed.</param>
public sealed record InitCase(SmallModel Model, RuleSet Rules, long Seed)
{
    /// <summary>The repro as code.</summary>
    public override string ToString() =>
        $"{Model}.Initialize({Rules.ToString().ReplaceLineEndings(" ")}, seed: {(Seed == long.MinValue ? "long.MinValue" : Seed)})";

    internal bool Compiles()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using GlobalGenerator held = GlobalGenerator.Hold();
        try
        {
            Rules.Compile(Model.Build(), Seed);
            return true;
        }
        catch (InitException)
        {
            // Rules of random words need not fit: such a case is not made.
            return false;
        }
    }

    internal IEnumerable<InitCase> Smaller() =>
        Shrinking.Rules(Rules).Select(rules => this with { Rules = rules })
            .Concat(Model.Smaller().Select(model => this with { Model = model }))
            .Concat(Seed == 0 ? [] : [this with { Seed = 0 }])
            .Where(smaller => smaller.Rules.Rules.Count > 0 && smaller.Compiles());
}
