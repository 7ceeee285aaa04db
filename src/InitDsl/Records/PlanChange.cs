namespace InitDsl;

/// <summary>One parameter of which two plans say different things.</summary>
/// <param name="Path">The parameter's dotted path; of rows with them behind it.</param>
/// <param name="Before">What the first plan says; null where it has no such parameter.</param>
/// <param name="After">What the second plan says; null where it has no such parameter.</param>
public sealed record PlanChange(string Path, ParameterRecord? Before, ParameterRecord? After)
{
    /// <summary>What differs: <c>added</c>, <c>removed</c>, or some of <c>shape</c>, <c>dtype</c>, <c>rule</c>, <c>law</c>, <c>stream</c>.</summary>
    public IReadOnlyList<string> What => [.. Differences.Select(difference => difference.What)];

    /// <summary>What differs, each with both texts.</summary>
    internal IEnumerable<(string What, string Before, string After)> Differences
    {
        get
        {
            if (Before is null || After is null)
            {
                yield return (Before is null ? "added" : "removed", Before?.Fate ?? "", After?.Fate ?? "");
                yield break;
            }

            if (Before.Shape != After.Shape)
            {
                yield return ("shape", Before.Shape, After.Shape);
            }

            if (Before.DType != After.DType)
            {
                yield return ("dtype", Before.DType, After.DType);
            }

            if (Before.Rule != After.Rule)
            {
                yield return ("rule", Before.Rule ?? "none", After.Rule ?? "none");
            }

            if (Before.LawText != After.LawText)
            {
                yield return Before.Fate != After.Fate
                    ? ("law", Before.Fate, After.Fate)
                    : ("law", $"{Before.Fate}, std {Numbers.Nine(Before.Std)}", $"{After.Fate}, std {Numbers.Nine(After.Std)}");
            }

            if (Before.Stream != After.Stream)
            {
                yield return ("stream", Before.Stream ?? "none", After.Stream ?? "none");
            }
        }
    }
}
