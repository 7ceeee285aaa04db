namespace InitDsl;

/// <summary>Resolves the winning initializer of each parameter and collects everything that stands against it.</summary>
internal sealed class LawResolver(
    ModelParameters model,
    ModelContext context,
    RandomSource source,
    TorchGenerator? torch,
    List<Diagnostic> findings)
{
    /// <summary>The law, fitted to the dtype; without one the findings say why.</summary>
    internal Resolution Resolve(ParameterStore store, Decision decision, Rule rule, Init init)
    {
        ParamSpec site = decision.Site;
        Resolution resolution = LawOf(init, decision);
        if (resolution.Law is null)
        {
            findings.Add(Findings.LawCannotApply(site, rule.ToString(), resolution.Problem));
        }
        else if (torch?.WhyNot(resolution.Law, site) is { } missing)
        {
            findings.Add(Findings.NoTorchCounterpart(site, rule.ToString(), missing));
        }

        if (store.WhyNotWritable() is { } why)
        {
            findings.Add(Findings.NotWritable(site, why));
        }

        return resolution;
    }

    /// <summary>
    /// Whether two names of one parameter come to the same: both kept, or the same law. Where one of them has no
    /// law at all, that is the finding, and no conflict beside it.
    /// </summary>
    internal bool Agree(Decision first, Decision second)
    {
        if (first.Clause?.Init is not { } a || second.Clause?.Init is not { } b)
        {
            return first.Clause?.Init is null && second.Clause?.Init is null;
        }

        Law? lawA = LawOf(a, first).Law;
        Law? lawB = LawOf(b, second).Law;
        return lawA is null || lawB is null || lawA.Equals(lawB);
    }

    private Resolution LawOf(Init init, Decision decision)
    {
        Fans fans = source is RandomSource.TorchSource ? Fans.Torch : Fans.Layer;
        return init.Resolve(new(decision.Site, fans, model.ReadValues, context.LayersOf(decision.Rule)))
            .Then(law => DTypeFit.Fit(law, decision.Site));
    }
}
