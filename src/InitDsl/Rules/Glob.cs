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
    private readonly Regex regex;

    internal Glob(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Pattern = pattern;
        regex = new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    internal string Pattern { get; }

    internal bool Matches(string text) => regex.IsMatch(text);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
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
                    int end = pattern.IndexOf(']', Math.Min(pattern.Length, i + (Negated(pattern, i) ? 3 : 2)));
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
                    braces++;
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

        return braces == 0 ? regex.Append(@"\z").ToString() : throw Malformed(pattern, "a { that no } closes");
    }

    private static bool Negated(string pattern, int bracket) =>
        bracket + 1 < pattern.Length && pattern[bracket + 1] is '!';

    private static string EscapeSet(string set) =>
        set.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal)
            .Replace("]", @"\]", StringComparison.Ordinal)
            .Replace("^", @"\^", StringComparison.Ordinal);

    private static ArgumentException Malformed(string pattern, string why) =>
        new($"The pattern {Code.Quote(pattern)} has {why}. Patterns know *, ?, [abc], [!abc] and {{a,b}}.", nameof(pattern));
}
