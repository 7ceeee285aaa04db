namespace InitDsl;

/// <summary>
/// Whether the rules say the same of two names of one parameter, row by row, wherever they say something of both.
/// </summary>
internal sealed class TiedAgreement
{
    private readonly LawResolver resolver;
    private readonly Name first;
    private readonly Name second;

    internal TiedAgreement(Decision first, Decision second, LawResolver resolver)
    {
        this.resolver = resolver;
        this.first = new(first);
        this.second = new(second);
    }

    /// <summary>The rules of the first rows that differ; null where none do.</summary>
    internal (int First, int Second)? Conflict()
    {
        if (first.Decision.Rows.Count == 0 && second.Decision.Rows.Count == 0)
        {
            return Differ(RowSegment.Under, RowSegment.Under);
        }

        for ((int a, int b) = (0, 0); a < first.Segments.Length && b < second.Segments.Length;)
        {
            (RowSegment here, RowSegment there) = (first.Segments[a], second.Segments[b]);
            if (Differ(here.Overlay, there.Overlay) is { } conflict)
            {
                return conflict;
            }

            a += here.End <= there.End ? 1 : 0;
            b += there.End <= here.End ? 1 : 0;
        }

        return null;
    }

    /// <summary>
    /// The rules that stand there under each name, unless one of them is the other, both keep, or both come to one law.
    /// Where one of them has no law at all, that is the finding, and no conflict beside it.
    /// </summary>
    private (int First, int Second)? Differ(int here, int there)
    {
        (int rule, Clause? clause, NamedRows? rows) = first.At(here);
        (int otherRule, Clause? otherClause, NamedRows? otherRows) = second.At(there);
        if (rule < 0 || otherRule < 0 || rule == otherRule)
        {
            return null;
        }

        bool agree;
        if (clause!.Init is null || otherClause!.Init is null)
        {
            agree = clause.Init is null && otherClause!.Init is null;
        }
        else
        {
            Law? law = first.LawAt(here, resolver);
            Law? other = second.LawAt(there, resolver);

            // Of laws whose elements differ, equal ones are alike only from the same row on.
            agree = law is null || other is null
                || (law.Equals(other) && (law.Homogeneous || (rows?.First ?? 0) == (otherRows?.First ?? 0)));
        }

        return agree ? null : (rule, otherRule);
    }

    /// <summary>One of the names, with the laws that its rules come to, each resolved once.</summary>
    private sealed class Name
    {
        private readonly RowDecision[] rows;
        private readonly Law?[] laws;
        private readonly bool[] known;

        internal Name(Decision decision)
        {
            Decision = decision;
            rows = [.. decision.Rows.Where(row => row.Rows is not null)];
            laws = new Law?[rows.Length + 1];
            known = new bool[rows.Length + 1];
            Segments = rows.Length == 0 && decision.Site.Shape.Rank == 0
                ? []
                : RowSegment.Of(decision.Site.Shape[0], [.. rows.Select(row => (row.Rows!.First, row.Rows.End))]);
        }

        internal Decision Decision { get; }

        internal RowSegment[] Segments { get; }

        internal (int Rule, Clause? Clause, NamedRows? Rows) At(int overlay) =>
            overlay == RowSegment.Under ? (Decision.Rule, Decision.Clause, null) : (rows[overlay].Rule, rows[overlay].Clause, rows[overlay].Rows);

        internal Law? LawAt(int overlay, LawResolver resolver)
        {
            if (!known[overlay + 1])
            {
                (int rule, Clause? clause, NamedRows? part) = At(overlay);
                ParamSpec spec = part is null ? Decision.Site : rows[overlay].Site.RowsOf(part);
                laws[overlay + 1] = resolver.LawOf(clause!.Init!, spec, rule).Law;
                known[overlay + 1] = true;
            }

            return laws[overlay + 1];
        }
    }
}
