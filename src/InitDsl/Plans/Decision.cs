namespace InitDsl;

/// <summary>What the rules say of one parameter under one of its names.</summary>
/// <param name="Site">The parameter under that name.</param>
/// <param name="Rule">The place of the winning rule in the rule set; -1 when none matches.</param>
/// <param name="Clause">The word of the rule that decides.</param>
/// <param name="Shadowed">The places of the rules that match and lost, first to last.</param>
internal sealed record Decision(ParamSpec Site, int Rule, Clause? Clause, IReadOnlyList<int> Shadowed)
{
    /// <summary>What later rules say of some rows, first to last; each is seen in one row at least.</summary>
    internal IReadOnlyList<RowDecision> Rows { get; init; } = [];
}

/// <summary>What a rule says of some rows of one parameter.</summary>
/// <param name="Site">The parameter under the name that the rule matches.</param>
/// <param name="Rule">The place of the rule in the rule set.</param>
/// <param name="Clause">The word of the rule that decides.</param>
/// <param name="Rows">The rows; null where there is a problem.</param>
/// <param name="Problem">Why the parameter has no such rows.</param>
internal sealed record RowDecision(ParamSpec Site, int Rule, Clause Clause, NamedRows? Rows, Problem? Problem = null);

/// <summary>The rules about one parameter, asked from the last to the first.</summary>
internal sealed class RowLayers(ParamSpec site)
{
    private readonly RowCover cover = new();
    private readonly List<RowDecision> seen = [];
    private bool problem;

    /// <summary>What is seen, first rule first.</summary>
    internal IReadOnlyList<RowDecision> Seen => [.. seen.AsEnumerable().Reverse()];

    /// <summary>Whether no row of the parameter is left to rules that come before.</summary>
    internal bool Full => !problem && site.Shape is { Rank: > 0, Elements: > 0 } && cover.Covers(0, site.Shape[0]);

    /// <summary>The rows of a rule that comes before all others so far.</summary>
    /// <returns>Whether some of them are seen.</returns>
    internal bool Add(int rule, Clause clause, RowsFound found)
    {
        if (found.Problem is { } why)
        {
            return Add(new(site, rule, clause, null, why));
        }

        bool visible = false;
        foreach (NamedRows rows in found.Rows.Reverse())
        {
            visible |= Add(new(site, rule, clause, rows));
        }

        return visible;
    }

    /// <summary>The same for what has been decided under another name.</summary>
    internal bool Add(RowDecision rows)
    {
        bool visible = rows.Rows is not { } range || cover.Add(range.First, range.End);
        problem |= rows.Problem is not null;
        if (visible)
        {
            seen.Add(rows);
        }

        return visible;
    }
}
