namespace InitDsl;

/// <summary>What somebody may have meant who wrote a name that there is not.</summary>
internal static class NearestName
{
    /// <summary>Longer names and more of them are not worth comparing for a hint.</summary>
    private const int MostNames = 2000;
    private const int Longest = 200;

    /// <summary>The name that is fewest letters away, at most a third of them; null where none is near.</summary>
    internal static string? Of(string written, IEnumerable<string> names)
    {
        if (written.Length is 0 or > Longest)
        {
            return null;
        }

        string sought = written.ToUpperInvariant();
        return names.Distinct().Where(name => name.Length is > 0 and <= Longest).Take(MostNames)
            .Select(name => (Name: name, Distance: Distance(sought, name.ToUpperInvariant())))
            .Where(near => near.Distance <= Math.Max(1, written.Length / 3))
            .OrderBy(near => near.Distance)
            .FirstOrDefault().Name;
    }

    /// <summary>Letters put in, left out or changed (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
