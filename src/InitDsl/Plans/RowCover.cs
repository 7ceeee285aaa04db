namespace InitDsl;

/// <summary>Which rows are covered, by ranges that are added from the last rule to the first.</summary>
internal sealed class RowCover
{
    /// <summary>Disjoint and in order, never one that begins where another ends.</summary>
    private readonly List<(long First, long End)> covered = [];

    /// <summary>Covers a range.</summary>
    /// <returns>Whether some of its rows were not covered before; true where it has none at all.</returns>
    internal bool Add(long first, long end)
    {
        if (first < end && Covers(first, end))
        {
            return false;
        }

        int from = FirstThatReaches(first);
        int to = from;
        for (; to < covered.Count && covered[to].First <= end; to++)
        {
            first = Math.Min(first, covered[to].First);
            end = Math.Max(end, covered[to].End);
        }

        covered.RemoveRange(from, to - from);
        covered.Insert(from, (first, end));
        return true;
    }

    /// <summary>Whether every row of a range is covered.</summary>
    internal bool Covers(long first, long end) =>
        FirstThatReaches(end) is var at && at < covered.Count && covered[at].First <= first;

    /// <summary>The index of the first range that ends at a row or after it.</summary>
    private int FirstThatReaches(long row)
    {
        int low = 0;
        for (int high = covered.Count; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = covered[middle].End >= row ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
