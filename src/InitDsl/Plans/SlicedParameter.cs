namespace InitDsl;

/// <summary>Makes the step of a parameter of which some rows have rules of their own.</summary>
internal sealed class SlicedParameter(RuleSet rules, RandomSource source, LawResolver resolver, List<Diagnostic> findings)
{
    /// <summary>The step; without one the findings say why, or all is kept.</summary>
    /// <param name="store">The parameter.</param>
    /// <param name="decision">What the rules say of it, of some rows at least.</param>
    /// <param name="kept">The parameter where nothing of it is written.</param>
    internal PlanStep? Compile(ParameterStore store, Decision decision, out Untouched? kept)
    {
        kept = null;
        Rule? whole = decision.Rule < 0 ? null : rules.Rules[decision.Rule];
        Init? init = decision.Clause?.Init;
        Resolution under = init is null
            ? new KeptLaw()
            : resolver.LawOf(init, decision.Site, decision.Rule, whole!);
        var all = new RowRules(rules, decision);
        PlanSlice?[] slices = [.. decision.Rows.Select(rows => SliceOf(store, rows, all))];
        if (under.Law is null || Array.Exists(slices, slice => slice is null))
        {
            resolver.Check(store, decision.Site, null, RuleOf(decision.Rows[^1]));
            return null;
        }

        var law = new OverlaidLaw(under.Law, store.Spec.Shape, [.. slices.Select(slice => new LawOverlay(slice!.First, slice.End, slice.Law))]);
        if (law.Parts.All(part => part is KeptLaw))
        {
            int number = whole is null ? decision.Rows[^1].Rule : decision.Rule;
            kept = new(store.Spec, rules.Rules[number])
            {
                RuleNumber = number,
                ShadowedNumbers = decision.Shadowed,
                Rows = new(slices!, law, whole),
            };
            return null;
        }

        Decision shown = whole is null ? decision with { Rule = decision.Rows[^1].Rule } : decision;
        Rule rule = rules.Rules[shown.Rule];
        resolver.Check(store, decision.Site, law, rule);
        if (init is not null)
        {
            bool paddingSeen = decision.Site.PaddingIndex is { } row && law.At(row) == RowSegment.Under;
            findings.AddRange(LawWarnings.Of(
                paddingSeen ? decision.Site : decision.Site.WithoutPadding(), whole!, init, under.Law, law.RowsSeen(RowSegment.Under)));
        }

        for (int i = 0; i < slices.Length; i++)
        {
            if (decision.Rows[i].Clause.Init is { } own)
            {
                findings.AddRange(LawWarnings.Of(slices[i]!.Spec, slices[i]!.Rule, own, slices[i]!.Law, law.RowsSeen(i)));
            }
        }

        string path = rule.StreamPath(store.Spec);
        FanCount? fans = resolver.FansOf(under, decision.Site);
        return new(store, rules, shown, law, path, source.Seed, fans)
        {
            Auto = under.Auto,
            Slices = slices!,
            HasBase = whole is not null,
        };
    }

    private PlanSlice? SliceOf(ParameterStore store, RowDecision decision, RowRules all)
    {
        Rule rule = RuleOf(decision);
        if (decision.Problem is { } problem)
        {
            resolver.Refuse(decision.Site, rule, problem);
            return null;
        }

        ParamSpec rows = decision.Site.RowsOf(decision.Rows!);
        Resolution resolution = decision.Clause.Init is { } init
            ? resolver.LawOf(init, rows, decision.Rule, rule)
            : new KeptLaw();
        if (resolution.Law is not { } law)
        {
            return null;
        }

        StreamKey stream = StreamKey.Of(source.Seed, rule.StreamPath(store.Spec)).Slice(new LawOverlay(rows.Rows!.First, rows.Rows.End, law).StreamName);
        return new(rows, rules, decision.Rule, all, law, stream, resolver.FansOf(resolution, rows)) { Auto = resolution.Auto };
    }

    private Rule RuleOf(RowDecision rows) => rules.Rules[rows.Rule];
}
