namespace InitDsl;

/// <summary>The part of a pattern between two stars: it matches texts of one length.</summary>
internal sealed class GlobPiece
{
    /// <summary>The characters; where <see cref="sets"/> has a set, the set counts instead.</summary>
    private readonly string text;

    /// <summary>Null where every character stands for itself.</summary>
    private readonly CharSet?[]? sets;

    internal GlobPiece(ReadOnlySpan<GlobElement> elements)
    {
        char[] characters = new char[elements.Length];
        CharSet?[] found = new CharSet?[elements.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            characters[i] = elements[i].Character;
            found[i] = elements[i].Set;
        }

        text = new(characters);
        sets = Array.Exists(found, set => set is not null) ? found : null;
    }

    internal int Length => text.Length;

    /// <summary>Whether the piece matches a text of its own length.</summary>
    internal bool Matches(ReadOnlySpan<char> candidate)
    {
        if (sets is null)
        {
            return candidate.SequenceEqual(text);
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (!(sets[i]?.Contains(candidate[i]) ?? candidate[i] == text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first place where the piece matches; negative where there is none.</summary>
    internal int IndexIn(ReadOnlySpan<char> candidate)
    {
        if (sets is null)
        {
            return candidate.IndexOf(text);
        }

        for (int i = 0; i + text.Length <= candidate.Length; i++)
        {
            if (Matches(candidate.Slice(i, text.Length)))
            {
                return i;
            }
        }

        return -1;
    }
}
