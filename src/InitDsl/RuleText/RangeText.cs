using System.Globalization;
using System.Text.RegularExpressions;

namespace InitDsl;

/// <summary>Ranges as C# writes them: <c>0..4</c>, <c>^4..</c>.</summary>
internal static partial class RangeText
{
    /// <summary>The range that a text is; null for none.</summary>
    internal static Range? Read(string text)
    {
        Match match = Form().Match(text);
        return match.Success && End(match.Groups[1].Value, Index.Start) is { } start && End(match.Groups[2].Value, Index.End) is { } end
            ? start..end
            : null;
    }

    /// <summary>The number in a range that is larger than a row can be; null where there is none.</summary>
    internal static string? TooLarge(string text)
    {
        Match match = Form().Match(text);
        string[] ends = [match.Groups[1].Value, match.Groups[2].Value];
        return match.Success && Array.Find(ends, end => End(end, Index.Start) is null) is { } large
            ? large.Length <= 40 ? large.TrimStart('^') : $"of {large.TrimStart('^').Length} digits"
            : null;
    }

    private static Index? End(string text, Index otherwise) =>
        text.Length == 0 ? otherwise
        : int.TryParse(text.TrimStart('^'), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? new(value, text[0] == '^')
        : null;

    [GeneratedRegex(@"\A(\^?[0-9]+)?\.\.(\^?[0-9]+)?\z")]
    private static partial Regex Form();
}
