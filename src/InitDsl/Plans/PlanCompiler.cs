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

        var findings = new List<Diagnostic>(model.Diagnostics);
        rules = TypeBinding.Bind(rules, model, findings, out IReadOnlyCollection<int> unresolved);
        using TorchGenerator? torch = source is RandomSource.TorchSource ? model.StartTorchGenerator(source.Seed) : null;
        if (source is RandomSource.TorchSource && torch is null)
        {
            throw new NotSupportedException($"The backend of {model.Name} has no PyTorch generator; use RandomSource.Philox(seed).");
        }

        using var files = new StateDicts(rules, model, findings);
        findings.AddRange(SamePaths(model.Stores.Concat(files.Buffers)));
        var steps = new List<PlanStep>();
        var untouched = new List<Untouched>();
        var usage = new RuleUsage(files.Rules, unresolved, findings);
        var context = new ModelContext(files.Rules, model);
        var resolver = new LawResolver(model, context, source, torch, findings);
        var sliced = new SlicedParameter(rules, source, resolver, findings);
        foreach (ParameterStore store in model.Stores.Concat(files.Buffers))
        {
            Decision decision = Decide(usage, context, resolver, store, findings);
            findings.AddRange(files.Missing(store, decision));
            if (decision.Rows.Count > 0)
            {
                if (sliced.Compile(store, decision, out Untouched? kept) is { } step)
                {
                    steps.Add(step);
                }
                else if (kept is not null)
                {
                    untouched.Add(kept);
                }

                continue;
            }

            Rule? rule = decision.Rule < 0 ? null : rules.Rules[decision.Rule];
            if (rule is null || decision.Clause!.Init is not { } init)
            {
                if (store.Spec.Role != ParamRole.Buffer)
                {
                    untouched.Add(new(store.Spec, rule) { RuleNumber = decision.Rule, ShadowedNumbers = decision.Shadowed });
                }

                continue;
            }

            Resolution resolution = resolver.Resolve(store, decision, rule, init);
            if (resolution.Law is { } law)
            {
                string path = rule.StreamPath(store.Spec);
                FanCount? fans = resolver.FansOf(resolution, decision.Site);
                steps.Add(new(store, rules, decision, law, path, source.Seed, fans) { Auto = resolution.Auto });
                findings.AddRange(LawWarnings.Of(decision.Site, rule, init, law));
            }
        }

        findings.AddRange(resolver.SharedProblems);
        findings.AddRange(SharedStreams(steps));
        findings.AddRange(UncoveredFindings.Of(untouched, steps));
        findings.AddRange(AutoFindings.Of(steps));
        findings.AddRange(PresetFindings.Of(rules, usage, untouched, model));
        findings.AddRange(StateDicts.Rounded(steps));
        findings.AddRange(usage.Diagnostics(model));
        Diagnostic[] ordered = [.. findings.OrderByDescending(finding => finding.Severity)];
        if (ordered.Length > 0 && ordered[0].Severity == Severity.Error)
        {
            throw new InitException(ordered);
        }

        return new(model, rules, source, steps, untouched, ordered);
    }

    /// <summary>
    /// A tied parameter is one parameter: of all rules that match one of its names the last wins. Two names that get
    /// different laws from different rules, for some row, are an error.
    /// </summary>
    private static Decision Decide(
        RuleUsage usage, ModelContext context, LawResolver resolver, ParameterStore store, List<Diagnostic> findings)
    {
        Decision winner = usage.Decide(context.See(store.Spec));
        foreach (ParamSpec alias in store.Aliases)
        {
            Decision other = usage.Decide(context.See(alias));
            if (new TiedAgreement(winner, other, resolver).Conflict() is var (first, second))
            {
                findings.Add(Findings.TiedConflict(winner.Site, usage.Text(first), alias, usage.Text(second)));
            }

            winner = TiedDecision.Join(winner, other);
        }

        return winner;
    }

    /// <summary>Rules, records, files and streams know a parameter by its path.</summary>
    private static IEnumerable<Diagnostic> SamePaths(IEnumerable<ParameterStore> stores)
    {
        var seen = new Dictionary<string, (ParameterStore Store, ParamSpec Spec)>(StringComparer.Ordinal);
        foreach (ParameterStore store in stores)
        {
            foreach (ParamSpec spec in store.Specs)
            {
                if (!seen.TryAdd(spec.Path, (store, spec)) && seen[spec.Path].Store != store)
                {
                    yield return Findings.SamePath(spec, seen[spec.Path].Spec);
                }
            }
        }
    }

    /// <summary>Those of one path, which have one stream too, are an error already.</summary>
    private static IEnumerable<Diagnostic> SharedStreams(List<PlanStep> steps)
    {
        var seen = new Dictionary<StreamKey, PlanStep>();
        foreach (PlanStep step in steps)
        {
            foreach (StreamKey stream in step.RandomStreams)
            {
                // Slices without rows have one name, and no values to be alike.
                if (!seen.TryAdd(stream, step) && seen[stream].Path != step.Path)
                {
                    yield return Findings.SharedStream(step.Spec, seen[stream].Spec, step.StreamPath);
                    break;
                }
            }
        }
    }
}
