namespace InitDsl;

/// <summary>The characters that one place of a pattern stands for: <c>?</c>, <c>[a-c]</c>, <c>[!a]</c>.</summary>
/// <param name="text">What stands between the brackets, after a leading <c>!</c>.</param>
/// <param name="negated">Whether every other character is meant.</param>
internal sealed class CharSet(string text, bool negated)
{
    /// <summary>Every character.</summary>
    internal static CharSet Any { get; } = new("", negated: true);

    internal bool Contains(char c) => IsListed(c) != negated;

    private bool IsListed(char c)
    {
        for (int i = 0; i < text.Length;)
        {
            bool range = i + 2 < text.Length && text[i + 1] == '-';
            if (range ? text[i] <= c && c <= text[i + 2] : c == text[i])
            {
                return true;
            }

            i += range ? 3 : 1;
        }

        return false;
    }
}
