namespace InitDsl;

/// <summary>What is to be said of parameters that no rule matches.</summary>
internal static class UncoveredFindings
{
    private const int Examples = 4;

    internal static IEnumerable<Diagnostic> Of(IReadOnlyList<Untouched> untouched, IReadOnlyList<PlanStep> steps)
    {
        Untouched[] whole = [.. untouched.Where(left => left.Rows is null)];
        Untouched[] inPart =
        [
            .. untouched.Where(left => left.Rows is not null).SelectMany(left => LeftInPart(left.Spec, left.Rows!.Law, left.Rows.Slices, left.Rows.Whole)),
            .. steps.Where(step => step.Law is OverlaidLaw)
                .SelectMany(step => LeftInPart(step.Spec, (OverlaidLaw)step.Law, step.Slices, step.HasBase ? step.Rule : null)),
        ];
        ParamSpec[] uncovered = [.. untouched.Where(left => left.Rule is null).Select(left => left.Spec)];
        foreach (Untouched left in whole.Concat(inPart).Where(left => left.Spec.Deferred))
        {
            yield return Findings.NothingFills(left.Spec, left.Rule?.Shown);
        }

        foreach (ParamSpec spec in uncovered.Concat(inPart.Where(left => left.Rule is null).Select(left => left.Spec)).Where(spec => spec.NeverInitialised && !spec.Deferred))
        {
            yield return Findings.NeverInitialised(spec);
        }

        foreach (Untouched kept in whole.Concat(inPart).Where(left => left.Rule is not null && left.Spec.NeverInitialised && !left.Spec.Deferred))
        {
            yield return Findings.KeptUninitialised(kept.Spec, kept.Rule!.Shown);
        }

        foreach (IGrouping<string, ParamSpec> module in
                 uncovered.Where(spec => spec.StartsLikeItsSiblings).GroupBy(spec => spec.OwnerPath))
        {
            yield return Findings.StartsAlike(module.First(), module.Count());
        }

        if (uncovered.Length > 0)
        {
            yield return Findings.LeftAlone(uncovered.Length, [.. uncovered.Take(Examples).Select(spec => spec.Path)]);
        }
    }

    /// <summary>The rows of a parameter that are left as they are, each run with the rule that keeps it.</summary>
    private static IEnumerable<Untouched> LeftInPart(ParamSpec spec, OverlaidLaw law, IReadOnlyList<PlanSlice> slices, Rule? whole) =>
        law.Segments.Where(segment => law.LawAt(segment.Overlay) is KeptLaw).Select(segment => new Untouched(
            spec.RowsOf(new(segment.First, segment.End)),
            segment.Overlay == RowSegment.Under ? whole : slices[segment.Overlay].Rule));
}
