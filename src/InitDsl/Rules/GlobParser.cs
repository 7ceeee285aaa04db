namespace InitDsl;

/// <summary>Multiplies the braces of a well-formed pattern out: <c>{a,b}c</c> is <c>ac</c> and <c>bc</c>.</summary>
internal static class GlobParser
{
    /// <summary>The patterns without braces that a pattern is made of; null where they are more than a number.</summary>
    internal static GlobPattern[]? Parse(string pattern, int most)
    {
        int at = 0;
        List<GlobElement[]>? sequences = Sequences(pattern, ref at, braces: 0, most);
        return sequences is null ? null : [.. sequences.Select(sequence => new GlobPattern(sequence))];
    }

    /// <summary>Reads up to the end, or to the comma or brace that ends one of several texts.</summary>
    private static List<GlobElement[]>? Sequences(string pattern, ref int at, int braces, int most)
    {
        List<GlobElement[]> sequences = [[]];
        while (at < pattern.Length && !(braces > 0 && pattern[at] is ',' or '}'))
        {
            List<GlobElement[]>? next = pattern[at] == '{' ? Choices(pattern, ref at, braces + 1, most) : [[Element(pattern, ref at)]];
            if (next is null || sequences.Count * next.Count > most)
            {
                return null;
            }

            sequences = [.. sequences.SelectMany(_ => next, (head, tail) => (GlobElement[])[.. head, .. tail])];
        }

        return sequences;
    }

    /// <summary>Reads from an opening brace to past the closing one.</summary>
    private static List<GlobElement[]>? Choices(string pattern, ref int at, int braces, int most)
    {
        List<GlobElement[]> choices = [];
        while (pattern[at] != '}')
        {
            at++;
            if (Sequences(pattern, ref at, braces, most) is not { } choice)
            {
                return null;
            }

            choices.AddRange(choice);
        }

        at++;
        return choices.Count > most ? null : choices;
    }

    private static GlobElement Element(string pattern, ref int at)
    {
        char c = pattern[at];
        if (c != '[')
        {
            at++;
            return new(c, c == '?' ? CharSet.Any : null, Star: c == '*');
        }

        bool negated = Glob.Negated(pattern, at);
        int end = Glob.SetEnd(pattern, at);
        string set = pattern[(at + (negated ? 2 : 1))..end];
        at = end + 1;
        return new(c, new(set, negated));
    }
}
