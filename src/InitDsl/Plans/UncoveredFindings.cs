namespace InitDsl;

/// <summary>What is to be said of parameters that no rule matches.</summary>
internal static class UncoveredFindings
{
    private const int Examples = 4;

    internal static IEnumerable<Diagnostic> Of(IReadOnlyList<Untouched> untouched)
    {
        ParamSpec[] uncovered = [.. untouched.Where(left => left.Rule is null).Select(left => left.Spec)];
        foreach (Untouched left in untouched.Where(left => left.Spec.Deferred))
        {
            yield return Findings.NothingFills(left.Spec, left.Rule?.ToString());
        }

        foreach (ParamSpec spec in uncovered.Where(spec => spec.NeverInitialised && !spec.Deferred))
        {
            yield return Findings.NeverInitialised(spec);
        }

        foreach (Untouched kept in untouched.Where(left => left.Rule is not null && left.Spec.NeverInitialised && !left.Spec.Deferred))
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
}
