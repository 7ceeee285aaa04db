namespace InitDsl;

/// <summary>What somebody may have meant who wrote a name that there is not.</summary>
internal static class NearestName
{
    /// <summary>Longer names and more of them are not worth comparing for a hint.</summary>
    private const int MostNames = 2000;
    private const int Longest = 200;

    /// <summary>
    /// The name that is fewest letters away, at most a third of them; of a pattern with <c>*</c> and <c>?</c> the pattern
    /// mended so that it matches that name. Null where none is near, and for patterns with sets or choices.
    /// </summary>
    internal static string? Of(string written, IEnumerable<string> names)
    {
        int letters = written.Count(c => c is not ('*' or '?'));
        int most = Math.Min(Math.Max(1, letters / 3), letters - 1);
        if (most < 0 || written.Length > Longest || written.AsSpan().IndexOfAny("[]{}") >= 0)
        {
            return null;
        }

        string sought = written.ToUpperInvariant();
        int[,] costs = new int[written.Length + 1, Longest + 1];
        (string Name, int Distance) nearest = names.Distinct().Where(name => name.Length is > 0 and <= Longest).Take(MostNames)
            .Select(name => (Name: name, Distance: Distance(sought, name.ToUpperInvariant(), costs)))
            .Where(near => near.Distance <= most)
            .DefaultIfEmpty((Name: "", Distance: 0))
            .MinBy(near => near.Distance);
        if (nearest.Name.Length == 0)
        {
            return null;
        }

        string found = nearest.Name.ToUpperInvariant();
        Distance(sought, found, costs);
        return Mended(sought, found, nearest.Name, costs) is var mended && mended != written ? mended : null;
    }

    /// <summary>The same as a question behind a sentence; empty where none is near.</summary>
    internal static string Suggest(string written, IEnumerable<string> names) =>
        Of(written, names.Order(StringComparer.Ordinal)) is { } near ? $" Did you mean {Code.Quote(near)}?" : "";

    /// <summary>
    /// Letters put in, left out, changed (Levenshtein 1966) or, of neighbours, swapped (Damerau 1964); a star stands for any,
    /// and a question mark for one.
    /// </summary>
    /// <param name="pattern">What was written.</param>
    /// <param name="name">What there is.</param>
    /// <param name="costs">Receives the distance of the first letters of one from the first of the other.</param>
    private static int Distance(string pattern, string name, int[,] costs)
    {
        for (int i = 0; i <= pattern.Length; i++)
        {
            for (int j = 0; j <= name.Length; j++)
            {
                costs[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => costs[i - 1, 0] + Left(pattern[i - 1]),
                    _ => Math.Min(
                        Math.Min(costs[i - 1, j] + Left(pattern[i - 1]), costs[i, j - 1] + (pattern[i - 1] == '*' ? 0 : 1)),
                        costs[i - 1, j - 1] + Changed(pattern[i - 1], name[j - 1])),
                };
                if (i > 1 && j > 1 && IsSwapped(pattern[i - 2], pattern[i - 1], name[j - 2], name[j - 1]))
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[pattern.Length, name.Length];
    }

    private static bool IsSwapped(char written, char next, char there, char thereNext) =>
        written == thereNext && next == there && written != next;

    private static int Left(char c) => c == '*' ? 0 : 1;

    private static int Changed(char written, char there) => written == there || written is '*' or '?' ? 0 : 1;

    /// <summary>The pattern with the letters of the name, its stars and question marks kept where they stand for some.</summary>
    /// <param name="pattern">What was written, in capitals.</param>
    /// <param name="capitals">The name in capitals, as it was compared.</param>
    /// <param name="name">The name.</param>
    /// <param name="costs">What <see cref="Distance"/> found of the first two.</param>
    private static string Mended(string pattern, string capitals, string name, int[,] costs)
    {
        var reversed = new List<char>();
        (int i, int j) = (pattern.Length, name.Length);
        while (i > 0 || j > 0)
        {
            if (i > 0 && pattern[i - 1] == '*')
            {
                reversed.Add('*');
                for (i--; j > 0 && costs[i, j] > costs[i + 1, j]; j--)
                {
                }
            }
            else if (i > 1 && j > 1 && costs[i, j] == costs[i - 2, j - 2] + 1
                && IsSwapped(pattern[i - 2], pattern[i - 1], capitals[j - 2], capitals[j - 1]))
            {
                reversed.Add(name[--j]);
                reversed.Add(name[--j]);
                i -= 2;
            }
            else if (i > 0 && costs[i, j] == costs[i - 1, j] + 1)
            {
                i--;
            }
            else if (j > 0 && costs[i, j] == costs[i, j - 1] + 1)
            {
                reversed.Add(name[--j]);
            }
            else
            {
                reversed.Add(pattern[--i] == '?' ? '?' : name[j - 1]);
                j--;
            }
        }

        reversed.Reverse();
        return string.Concat(reversed);
    }
}
