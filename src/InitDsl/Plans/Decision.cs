namespace InitDsl;

/// <summary>What the rules say of one parameter under one of its names.</summary>
/// <param name="Site">The parameter under that name.</param>
/// <param name="Rule">The winning rule; null when none matches.</param>
/// <param name="Clause">The word of the rule that decides.</param>
/// <param name="Shadowed">The rules that match and lost.</param>
internal sealed record Decision(ParamSpec Site, Rule? Rule, Clause? Clause, IReadOnlyList<Rule> Shadowed)
{
    public override string ToString() => Rule?.ToString() ?? "no rule";
}
