namespace InitDsl;

/// <summary>Resolves the winning initializer of each parameter and collects what stands against it.</summary>
internal sealed class LawResolver(
    ModelParameters model,
    RandomSource source,
    TorchGenerator? torch,
    List<Diagnostic> findings)
{
    internal Law? Resolve(ParameterStore store, ParamSpec site, Rule rule, Init init)
    {
        Resolution resolution = init.Resolve(ContextOf(site));
        if (resolution.Law is { } raw)
        {
            resolution = DTypeFit.Fit(raw, site);
        }

        if (resolution.Law is not { } law)
        {
            findings.Add(Findings.LawCannotApply(site, rule.ToString(), resolution.Problem));
            return null;
        }

        if (store.WhyNotWritable() is { } why)
        {
            findings.Add(Findings.NotWritable(site, why));
            return null;
        }

        if (torch?.WhyNot(law, site) is { } missing)
        {
            findings.Add(Findings.NoTorchCounterpart(site, rule.ToString(), missing));
            return null;
        }

        return law;
    }

    /// <summary>Whether two initializers come to the same law; an unresolvable one is like nothing else.</summary>
    internal bool SameLaw(Init a, ParamSpec siteA, Init b, ParamSpec siteB)
    {
        Law? lawA = a.Resolve(ContextOf(siteA)).Law;
        return lawA is not null && lawA.Equals(b.Resolve(ContextOf(siteB)).Law);
    }

    private ResolutionContext ContextOf(ParamSpec site) =>
        new(site, source is RandomSource.TorchSource ? Fans.Torch : Fans.Layer, model.ReadValues);
}
