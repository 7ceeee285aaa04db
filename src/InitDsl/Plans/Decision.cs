namespace InitDsl;

/// <summary>What the rules say of one parameter under one of its names.</summary>
/// <param name="Site">The parameter under that name.</param>
/// <param name="Rule">The place of the winning rule in the rule set; -1 when none matches.</param>
/// <param name="Clause">The word of the rule that decides.</param>
/// <param name="Shadowed">The places of the rules that match and lost, first to last.</param>
internal sealed record Decision(ParamSpec Site, int Rule, Clause? Clause, IReadOnlyList<int> Shadowed);
