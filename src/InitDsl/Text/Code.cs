using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InitDsl;

/// <summary>Writes values as they would stand in code.</summary>
internal static partial class Code
{
    private const int LongestShown = 60;

    internal static string Quote(string text) =>
        $"\"{Printable(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))}\"";

    /// <summary>A text between quotation marks, cut where it is long.</summary>
    internal static string Shown(string text)
    {
        if (text.Length <= LongestShown)
        {
            return Quote(text);
        }

        const int kept = LongestShown - 3;
        return Quote($"{text[..(char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)]}…");
    }

    /// <summary>
    /// A text of somebody else's as it may stand on a terminal: what gives it orders, turns its letters round or is no
    /// letter at all is written by its number.
    /// </summary>
    internal static string Printable(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        var printable = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                printable.Append(text, i++, 2);
            }
            else if (IsHidden(text[i]))
            {
                printable.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                printable.Append(text[i]);
            }
        }

        return printable.ToString();
    }

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    /// <summary>A number of six significant digits, infinite ones by their names.</summary>
    internal static string Number(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => Numbers.Six(value),
    };

    /// <summary>A type's name with its generic arguments, as <c>Module&lt;Tensor, Tensor&gt;</c>.</summary>
    internal static string TypeName(Type type)
    {
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0
            ? type.Name
            : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
    }

    /// <summary>The same with namespaces and the types that it lies in, as <c>My.Models+Block&lt;My.Layer&gt;</c>.</summary>
    internal static string FullTypeName(Type type)
    {
        string name = Arity().Replace((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name, "");
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(FullTypeName))}>" : name;
    }

    /// <summary>The short name within a name that may be full.</summary>
    internal static string ShortTypeName(string name) => Qualifier().Replace(name, "");

    [GeneratedRegex("`[0-9]+")]
    private static partial Regex Arity();

    [GeneratedRegex(@"[^<>, ]*[.+]")]
    private static partial Regex Qualifier();
}
