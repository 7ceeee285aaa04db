namespace InitDsl;

/// <summary>Resolves the winning initializer of each parameter and collects everything that stands against it.</summary>
internal sealed class LawResolver(
    ModelParameters model,
    ModelContext context,
    RandomSource source,
    TorchGenerator? torch,
    List<Diagnostic> findings)
{
    private readonly Dictionary<(string Rule, SharedProblem Problem), List<ParamSpec>> shared = [];

    /// <summary>What stands against many parameters alike, once for each rule.</summary>
    internal IEnumerable<Diagnostic> SharedProblems =>
        shared.Select(found => Findings.LawCannotApply(found.Value, found.Key.Rule, found.Key.Problem));

    /// <summary>The law, fitted to the dtype; without one the findings say why.</summary>
    internal Resolution Resolve(ParameterStore store, Decision decision, Rule rule, Init init)
    {
        Resolution resolution = LawOf(init, decision.Site, decision.Rule, rule);
        Check(store, decision.Site, resolution.Law, rule);
        return resolution;
    }

    /// <summary>The law of a parameter, or of some of its rows; without one the findings say why.</summary>
    internal Resolution LawOf(Init init, ParamSpec site, int number, Rule rule)
    {
        Resolution resolution = LawOf(init, site, number);
        if (resolution.Law is null && init is not StateDictInit { Unread: true })
        {
            Refuse(site, rule, resolution.Problem);
        }

        return resolution;
    }

    /// <summary>Says why there is no law: at once, or with the other parameters that have the same problem.</summary>
    internal void Refuse(ParamSpec site, Rule rule, Problem problem)
    {
        if (problem.Shared is not { } common)
        {
            findings.Add(Findings.LawCannotApply(site, rule.Shown, problem));
            return;
        }

        if (!shared.TryGetValue((rule.Shown, common), out List<ParamSpec>? specs))
        {
            shared[(rule.Shown, common)] = specs = [];
        }

        specs.Add(site);
    }

    /// <summary>Finds what stands against writing a law into a parameter.</summary>
    internal void Check(ParameterStore store, ParamSpec site, Law? law, Rule rule)
    {
        if (law is not null && torch?.WhyNot(law, site) is { } missing)
        {
            findings.Add(Findings.NoTorchCounterpart(site, rule.Shown, missing));
        }

        if (store.WhyRefused() is { } why)
        {
            findings.Add(Findings.NotWritable(site, why));
        }
    }

    /// <summary>The fans that a plan shows: those that the law was computed from, otherwise the layer's.</summary>
    internal FanCount? FansOf(Resolution resolution, ParamSpec site) =>
        resolution.Fans ?? (torch is null ? site.LayerFans : site.TorchFans);

    /// <summary>What an initializer comes to, without saying so where it comes to nothing.</summary>
    internal Resolution LawOf(Init init, ParamSpec site, int rule)
    {
        Fans fans = source is RandomSource.TorchSource ? Fans.Torch : Fans.Layer;
        return init.Resolve(new(site, fans, model.ReadValues, context.LayersOf(rule)))
            .Then(law => DTypeFit.Fit(law, site));
    }
}
