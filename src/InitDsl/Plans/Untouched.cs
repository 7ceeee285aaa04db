namespace InitDsl;

/// <summary>A parameter that the plan leaves as it is.</summary>
/// <param name="Spec">The parameter.</param>
/// <param name="Rule">The rule that says <c>Keep()</c>; null when no rule matches.</param>
public sealed record Untouched(ParamSpec Spec, Rule? Rule)
{
    /// <summary>The place of the rule in the rule set; -1 when none matches.</summary>
    internal int RuleNumber { get; init; } = -1;

    /// <summary>The parameter's dotted path.</summary>
    public string Path => Spec.Path;
}
