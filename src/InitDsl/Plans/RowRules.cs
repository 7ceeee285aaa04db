namespace InitDsl;

/// <summary>All rules that match a parameter, each with the rows it is about.</summary>
internal sealed class RowRules
{
    private readonly (int Rule, long First, long End)[] all;

    internal RowRules(RuleSet rules, Decision decision)
    {
        IEnumerable<int> numbers = decision.Shadowed.Concat(decision.Rows.Select(rows => rows.Rule)).Append(decision.Rule).Where(rule => rule >= 0);
        all = [.. numbers.Distinct().Order().SelectMany(
            rule => RowsOf(rules.Rules[rule], decision.Site), (rule, rows) => (rule, rows.First, rows.End))];
    }

    /// <summary>The places of the rules that are about some of these rows and come before a rule.</summary>
    internal IReadOnlyList<int> Beneath(int rule, NamedRows rows) =>
        [.. all.Where(other => other.Rule < rule && other.First < rows.End && rows.First < other.End).Select(other => other.Rule).Distinct()];

    private static IReadOnlyList<NamedRows> RowsOf(Rule rule, ParamSpec site) =>
        rule.Rows is { } choice ? choice.Of(site).Rows : [new(0, site.Shape.Rank == 0 ? 1 : site.Shape[0])];
}
