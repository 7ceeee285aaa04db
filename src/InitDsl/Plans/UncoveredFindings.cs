namespace InitDsl;

/// <summary>What is to be said of parameters that no rule matches.</summary>
internal static class UncoveredFindings
{
    private const int Examples = 4;

    internal static IEnumerable<Diagnostic> Of(IReadOnlyList<Untouched> untouched, IReadOnlyList<PlanStep> steps)
    {
        Untouched[] inPart = [.. steps.SelectMany(LeftInPart)];
        ParamSpec[] uncovered = [.. untouched.Where(left => left.Rule is null).Select(left => left.Spec)];
        foreach (Untouched left in untouched.Concat(inPart).Where(left => left.Spec.Deferred))
        {
            yield return Findings.NothingFills(left.Spec, left.Rule?.ToString());
        }

        foreach (ParamSpec spec in uncovered.Concat(inPart.Where(left => left.Rule is null).Select(left => left.Spec)).Where(spec => spec.NeverInitialised && !spec.Deferred))
        {
            yield return Findings.NeverInitialised(spec);
        }

        foreach (Untouched kept in untouched.Concat(inPart).Where(left => left.Rule is not null && left.Spec.NeverInitialised && !left.Spec.Deferred))
        {
            yield return Findings.KeptUninitialised(kept.Spec, kept.Rule!.ToString());
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

    /// <summary>The rows of a parameter that are left as they are while others are written.</summary>
    private static IEnumerable<Untouched> LeftInPart(PlanStep step) =>
        step.Law is not OverlaidLaw law
            ? []
            : law.Segments.Where(segment => law.LawAt(segment.Overlay) is KeptLaw).Select(segment => new Untouched(
                step.Spec.RowsOf(new(segment.First, segment.End)),
                segment.Overlay != RowSegment.Under ? step.Slices[segment.Overlay].Rule : step.HasBase ? step.Rule : null));
}
