namespace InitDsl;

/// <summary>What somebody may have meant by a name that there is not.</summary>
internal static class Nearest
{
    /// <summary>A longer name is no slip of the finger, and comparing it takes time.</summary>
    private const int LongestName = 64;

    /// <summary>The known name that is the fewest slips away; null where none is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What could have been.</param>
    internal static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        (string? best, int fewest) = (null, Math.Max(2, (name.Length + 2) / 3) + 1);
        foreach (string candidate in known.Where(candidate => candidate.Length <= LongestName).Order(StringComparer.Ordinal))
        {
            int slips = Slips(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (slips < fewest && slips < candidate.Length)
            {
                (best, fewest) = (candidate, slips);
            }
        }

        return best;
    }

    /// <summary>
    /// Characters to add, to leave out, to change or, of neighbours, to swap (the restricted Damerau-Levenshtein
    /// distance).
    /// </summary>
    private static int Slips(string a, string b)
    {
        int[,] slips = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    slips[i, j] = i + j;
                    continue;
                }

                int change = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(change, 1 + Math.Min(slips[i - 1, j], slips[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
                }
            }
        }

        return slips[a.Length, b.Length];
    }
}
