namespace InitDsl;

/// <summary>What <c>Auto</c> could not see.</summary>
internal static class AutoFindings
{
    internal static IEnumerable<Diagnostic> Of(IReadOnlyList<PlanStep> steps)
    {
        string[] blind = [.. steps.Where(step => step.Auto is { Follows: null } || step.Slices.Any(slice => slice.Auto is { Follows: null })).Select(step => step.Path)];
        return blind.Length == 0 ? [] : [Findings.AutoSawNothing(blind)];
    }
}
