namespace InitDsl;

/// <summary>Turns rules and a model into a plan, or into every reason why there is none.</summary>
public static class PlanCompiler
{
    /// <summary>Decides which rule wins each parameter and which law it gets. Writes nothing.</summary>
    /// <param name="rules">The rules; the last one that matches a parameter wins.</param>
    /// <param name="model">The model, as a backend sees it.</param>
    /// <param name="source">Where the random numbers come from.</param>
    /// <returns>The plan, with warnings and information in its diagnostics.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once.</exception>
    public static Plan Compile(RuleSet rules, ModelParameters model, RandomSource source)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);

        var findings = new List<Diagnostic>(model.Findings);
        using TorchGenerator? torch = source is RandomSource.TorchSource ? model.StartTorchGenerator(source.Seed) : null;
        if (source is RandomSource.TorchSource && torch is null)
        {
            throw new NotSupportedException($"The backend of {model.Name} has no PyTorch generator; use RandomSource.Philox(seed).");
        }

        var steps = new List<PlanStep>();
        var untouched = new List<Untouched>();
        var usage = new RuleUsage(rules, findings);
        var resolver = new LawResolver(model, source, torch, findings);
        foreach (ParameterStore store in model.Stores)
        {
            Decision decision = Decide(usage, resolver, store, findings);
            if (decision.Clause?.Init is not { } init)
            {
                untouched.Add(new(store.Spec, decision.Rule));
                continue;
            }

            if (resolver.Resolve(store, decision.Site, decision.Rule!, init) is { } law)
            {
                string stream = decision.Rule!.StreamPath(store.Spec);
                FanCount? fans = torch is null ? decision.Site.LayerFans : decision.Site.TorchFans;
                steps.Add(new(store, decision.Rule, decision.Shadowed, law, StreamKey.Of(source.Seed, stream), fans));
                findings.AddRange(LawWarnings.Of(decision.Site, decision.Rule, init, law));
            }
        }

        findings.AddRange(SharedStreams(steps));
        findings.AddRange(UncoveredFindings.Of(untouched));
        findings.AddRange(usage.Findings(model));
        Diagnostic[] ordered = [.. findings.OrderByDescending(finding => finding.Severity)];
        if (ordered.Length > 0 && ordered[0].Severity == Severity.Error)
        {
            throw new InitException(ordered);
        }

        return new(model, rules, source, steps, untouched, ordered);
    }

    /// <summary>
    /// A tied parameter is one parameter: whichever of its names a rule matches decides, and two names that get
    /// different initializers are an error.
    /// </summary>
    private static Decision Decide(
        RuleUsage usage, LawResolver resolver, ParameterStore store, List<Diagnostic> findings)
    {
        Decision first = usage.Decide(store.Spec);
        foreach (ParamSpec alias in store.Aliases)
        {
            Decision other = usage.Decide(alias);
            if (first.Rule is null)
            {
                first = other;
            }
            else if (other.Rule is not null && !SameInit(resolver, first, other))
            {
                findings.Add(Findings.TiedConflict(first.Site, first.ToString(), alias, other.ToString()));
            }
        }

        return first;
    }

    private static bool SameInit(LawResolver resolver, Decision first, Decision second)
    {
        if (first.Clause?.Init is not { } a || second.Clause?.Init is not { } b)
        {
            return first.Clause?.Init is null && second.Clause?.Init is null;
        }

        return ReferenceEquals(a, b) || resolver.SameLaw(a, first.Site, b, second.Site);
    }

    private static IEnumerable<Diagnostic> SharedStreams(List<PlanStep> steps)
    {
        var seen = new Dictionary<StreamKey, PlanStep>();
        foreach (PlanStep step in steps)
        {
            if (!seen.TryAdd(step.Stream, step) && step.Law is not ConstantLaw)
            {
                yield return Findings.SharedStream(step.Spec, seen[step.Stream].Spec, step.Rule.StreamPath(step.Spec));
            }
        }
    }
}
