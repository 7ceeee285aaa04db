namespace InitDsl;

/// <summary>
/// A tied parameter is one parameter: of all rules that match one of its names the last wins, for each of its rows.
/// </summary>
internal static class TiedDecision
{
    internal static Decision Join(Decision first, Decision second)
    {
        (Decision last, Decision lost) = second.Rule > first.Rule ? (second, first) : (first, second);
        List<int> matched = [.. last.Shadowed, .. lost.Shadowed, .. lost.Rule < 0 ? Array.Empty<int>() : [lost.Rule]];
        var layers = new RowLayers(first.Site);
        foreach (RowDecision rows in first.Rows.Concat(second.Rows).OrderByDescending(rows => rows.Rule))
        {
            if (rows.Rule < last.Rule || !layers.Add(rows))
            {
                matched.Add(rows.Rule);
            }
        }

        IReadOnlyList<RowDecision> seen = layers.Seen;
        bool hidden = layers.Full && last.Rule >= 0;
        if (hidden)
        {
            matched.Add(last.Rule);
        }

        int winner = hidden ? -1 : last.Rule;
        HashSet<int> winning = [winner, .. seen.Select(rows => rows.Rule)];
        return last with
        {
            Rule = winner,
            Clause = hidden ? null : last.Clause,
            Shadowed = [.. matched.Distinct().Where(rule => !winning.Contains(rule)).Order()],
            Rows = seen,
        };
    }
}
