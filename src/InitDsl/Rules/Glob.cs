using System.Text;
using System.Text.RegularExpressions;

namespace InitDsl;

/// <summary>
/// A shell pattern over a whole dotted path, as Python's <c>fnmatch</c> has it: <c>*</c> any run of characters,
/// dots included; <c>?</c> one character; <c>[abc]</c>, <c>[a-c]</c>, <c>[!a]</c> one of a set; <c>{a,b}</c>
/// one of several texts. Case matters.
/// </summary>
internal sealed class Glob
{
    /// <summary>More combinations of braces than this are left to a regular expression.</summary>
    private const int MostAlternatives = 32;

    /// <summary>Braces in braces are read by recursion, and a pattern may come from a file.</summary>
    private const int MostNested = 32;

    /// <summary>How many characters a pattern may have: with more the engine that never backtracks refuses what has braces.</summary>
    internal const int Longest = 3000;

    private readonly GlobPattern[]? alternatives;
    private readonly Lazy<Regex> whole;
    private readonly Lazy<Regex> beneath;
    private readonly bool matchesRoot;

    internal Glob(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Pattern = pattern.Length <= Longest ? pattern : throw Malformed(pattern, $"{pattern.Length} characters, more than {Longest}");
        string regex = Translate(pattern);
        whole = new(() => Compiled($@"\A(?:{regex})\z"));
        beneath = new(() => Compiled($@"\A(?:{regex})(?:\.|\z)"));
        alternatives = GlobParser.Parse(pattern, MostAlternatives);
        matchesRoot = Matches("");
    }

    internal string Pattern { get; }

    /// <summary>The reference: what the pattern means, as a regular expression.</summary>
    internal Regex Whole => whole.Value;

    /// <summary>The same for <see cref="MatchesAtOrAbove"/>.</summary>
    internal Regex Beneath => beneath.Value;

    /// <summary>Whether the pattern matches a text as a whole.</summary>
    internal bool Matches(string text)
    {
        if (alternatives is null)
        {
            return Whole.IsMatch(text);
        }

        foreach (GlobPattern alternative in alternatives)
        {
            if (alternative.Matches(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the pattern matches a path or one that it lies beneath, the root among them.</summary>
    internal bool MatchesAtOrAbove(string path)
    {
        if (matchesRoot)
        {
            return true;
        }

        if (alternatives is null)
        {
            return Beneath.IsMatch(path);
        }

        foreach (GlobPattern alternative in alternatives)
        {
            if (alternative.MatchesAtOrAbove(path))
            {
                return true;
            }
        }

        return false;
    }

    private static Regex Compiled(string regex) =>
        new(regex, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '*':
                    regex.Append(".*");
                    break;
                case '?':
                    regex.Append('.');
                    break;
                case '[':
                    int end = SetEnd(pattern, i);
                    if (end < 0)
                    {
                        throw Malformed(pattern, "a [ that no ] closes");
                    }

                    string set = pattern[(i + 1)..end];
                    bool negated = Negated(pattern, i);
                    if (Enumerable.Range(1, Math.Max(0, set.Length - 2)).Any(at => set[at] == '-' && set[at - 1] > set[at + 1]))
                    {
                        throw Malformed(pattern, "a range whose ends are in the wrong order");
                    }

                    regex.Append('[').Append(negated ? "^" : "").Append(EscapeSet(negated ? set[1..] : set)).Append(']');
                    i = end;
                    break;
                case '{':
                    braces = braces < MostNested ? braces + 1 : throw Malformed(pattern, $"more than {MostNested} braces in each other");
                    regex.Append("(?:");
                    break;
                case '}' when braces > 0:
                    braces--;
                    regex.Append(')');
                    break;
                case ',' when braces > 0:
                    regex.Append('|');
                    break;
                case '}':
                    throw Malformed(pattern, "a } that no { opens");
                default:
                    regex.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return braces == 0 ? regex.ToString() : throw Malformed(pattern, "a { that no } closes");
    }

    /// <summary>Where the set that a bracket opens is closed; a bracket right after the opening is one of the set.</summary>
    internal static int SetEnd(string pattern, int bracket) =>
        pattern.IndexOf(']', Math.Min(pattern.Length, bracket + (Negated(pattern, bracket) ? 3 : 2)));

    internal static bool Negated(string pattern, int bracket) =>
        bracket + 1 < pattern.Length && pattern[bracket + 1] is '!';

    private static string EscapeSet(string set) =>
        set.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal)
            .Replace("]", @"\]", StringComparison.Ordinal)
            .Replace("^", @"\^", StringComparison.Ordinal);

    private static ArgumentException Malformed(string pattern, string why) =>
        new($"The pattern {Code.Shown(pattern)} has {why}. Patterns know *, ?, [abc], [!abc] and {{a,b}}.", nameof(pattern));
}
