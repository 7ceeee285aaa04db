namespace InitDsl;

/// <summary>A parameter that the plan leaves as it is.</summary>
/// <param name="Spec">The parameter.</param>
/// <param name="Rule">The rule that says <c>Keep()</c>, of all rows or the last of those that say it of some; null when no
/// rule matches.</param>
public sealed record Untouched(ParamSpec Spec, Rule? Rule)
{
    /// <summary>The place of the rule in the rule set; -1 when none matches.</summary>
    internal int RuleNumber { get; init; } = -1;

    /// <summary>The places of the rules that lost.</summary>
    internal IReadOnlyList<int> ShadowedNumbers { get; init; } = [];

    /// <summary>The rows that rules keep by themselves; null where no rule is about rows.</summary>
    internal KeptRows? Rows { get; init; }

    /// <summary>The parameter's dotted path.</summary>
    public string Path => Spec.Path;
}

/// <summary>Rows that are kept by rules of their own, in a parameter of which nothing is written.</summary>
/// <param name="Slices">Them, first rule first.</param>
/// <param name="Law">Which of them is seen where.</param>
/// <param name="Whole">The rule that keeps the other rows; null where no rule is about these.</param>
internal sealed record KeptRows(IReadOnlyList<PlanSlice> Slices, OverlaidLaw Law, Rule? Whole);
