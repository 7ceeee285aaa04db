namespace InitDsl;

/// <summary>One character of a pattern, one set of characters, or a star.</summary>
internal readonly record struct GlobElement(char Character, CharSet? Set, bool Star = false);

/// <summary>
/// A pattern without braces: pieces with a star between each two. Leftmost is best for each piece in turn, so that
/// nothing is ever tried twice.
/// </summary>
internal sealed class GlobPattern
{
    private readonly GlobPiece first;
    private readonly GlobPiece[] middle;

    /// <summary>Null where the pattern has no star.</summary>
    private readonly GlobPiece? last;

    private readonly int shortest;

    internal GlobPattern(GlobElement[] elements)
    {
        var pieces = new List<GlobPiece>();
        int from = 0;
        for (int i = 0; i <= elements.Length; i++)
        {
            if (i == elements.Length || elements[i].Star)
            {
                pieces.Add(new(elements.AsSpan(from, i - from)));
                from = i + 1;
            }
        }

        first = pieces[0];
        middle = [.. pieces.Skip(1).SkipLast(1).Where(piece => piece.Length > 0)];
        last = pieces.Count > 1 ? pieces[^1] : null;
        shortest = pieces.Sum(piece => piece.Length);
    }

    /// <summary>Whether the whole text matches.</summary>
    internal bool Matches(ReadOnlySpan<char> text)
    {
        if (text.Length < shortest || !first.Matches(text[..first.Length]))
        {
            return false;
        }

        if (last is null)
        {
            return text.Length == first.Length;
        }

        return last.Matches(text[^last.Length..]) && PassMiddle(ref text, text.Length - last.Length);
    }

    /// <summary>Whether a path matches, or what is left of it before one of its dots.</summary>
    internal bool MatchesAtOrAbove(ReadOnlySpan<char> path)
    {
        if (path.Length < shortest || !first.Matches(path[..first.Length]))
        {
            return false;
        }

        if (last is null)
        {
            return EndsAt(path, first.Length);
        }

        if (!PassMiddle(ref path, path.Length))
        {
            return false;
        }

        if (last.Length == 0)
        {
            return true;
        }

        for (int at = last.IndexIn(path); at >= 0; at = last.IndexIn(path))
        {
            if (EndsAt(path, at + last.Length))
            {
                return true;
            }

            path = path[(at + 1)..];
        }

        return false;
    }

    private static bool EndsAt(ReadOnlySpan<char> path, int end) => end == path.Length || path[end] == '.';

    /// <summary>Finds the pieces between the first and the last, and cuts off what they take.</summary>
    private bool PassMiddle(ref ReadOnlySpan<char> text, int end)
    {
        text = text[first.Length..end];
        foreach (GlobPiece piece in middle)
        {
            int at = piece.IndexIn(text);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + piece.Length)..];
        }

        return true;
    }
}
