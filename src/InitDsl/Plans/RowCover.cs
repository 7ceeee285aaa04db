namespace InitDsl;

/// <summary>Which rows are covered, by ranges that are added from the last rule to the first.</summary>
internal sealed class RowCover
{
    /// <summary>Disjoint and in order.</summary>
    private readonly List<(long First, long End)> covered = [];

    /// <summary>Covers a range.</summary>
    /// <returns>Whether some of its rows were not covered before; true where it has none at all.</returns>
    internal bool Add(long first, long end)
    {
        if (first < end && Covers(first, end))
        {
            return false;
        }

        (long First, long End)[] joined = [.. covered.Where(range => range.First <= end && first <= range.End), (first, end)];
        covered.RemoveAll(range => range.First <= end && first <= range.End);
        covered.Add((joined.Min(range => range.First), joined.Max(range => range.End)));
        return true;
    }

    /// <summary>Whether every row of a range is covered.</summary>
    internal bool Covers(long first, long end) => covered.Exists(range => range.First <= first && end <= range.End);
}
