using System.Globalization;
using System.Text.Json;

namespace InitDsl;

/// <summary>A value of a JSON text, with its place.</summary>
internal sealed class TextNode
{
    private readonly TextNode? parent;
    private readonly string step;
    private Dictionary<string, TextNode>? named;

    private TextNode(TextNode? parent, string step, long offset, JsonValueKind kind, string text = "")
    {
        this.parent = parent;
        this.step = step;
        Offset = offset;
        Kind = kind;
        Text = text;
    }

    /// <summary>Where the value begins, in bytes.</summary>
    internal long Offset { get; }

    internal JsonValueKind Kind { get; }

    /// <summary>The text of a string; of a number as it stands.</summary>
    internal string Text { get; }

    /// <summary>The values of an array.</summary>
    internal List<TextNode> Items { get; } = [];

    /// <summary>The members of an object, in the order of the text.</summary>
    internal List<(string Name, TextNode Value)> Members { get; } = [];

    /// <summary>The place as a JSON path.</summary>
    internal string Path
    {
        get
        {
            var steps = new List<string>();
            for (TextNode? node = this; node is not null; node = node.parent)
            {
                steps.Add(node.step);
            }

            steps.Reverse();
            return string.Concat(steps);
        }
    }

    /// <summary>What it is, in words.</summary>
    internal string What => Kind switch
    {
        JsonValueKind.Object => Members.Count == 0 ? "an empty object" : "an object",
        JsonValueKind.Array => Items.Count == 0 ? "an empty array" : "an array",
        JsonValueKind.String => Code.Shown(Text),
        JsonValueKind.Number => Text.Length <= 40 ? $"the number {Text}" : "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>The number that it is, or the infinity that it names, which JSON has no number for; null for none.</summary>
    internal double? Number => Kind switch
    {
        JsonValueKind.Number => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        JsonValueKind.String when Text == "Infinity" => double.PositiveInfinity,
        JsonValueKind.String when Text == "-Infinity" => double.NegativeInfinity,
        _ => null,
    };

    /// <summary>The whole number that it is, however it is written; null for none, or one beyond 64 bits.</summary>
    internal long? Whole
    {
        get
        {
            if (Kind != JsonValueKind.Number)
            {
                return null;
            }

            if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long plain))
            {
                return plain;
            }

            // A decimal knows every digit of 64 bits; what it rounds to 0 is none.
            return decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
                && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
                && (number != 0 || Text.TakeWhile(c => c is not ('e' or 'E')).All(c => c is not (>= '1' and <= '9')))
                ? (long)number
                : null;
        }
    }

    internal TextNode? Member(string name) => named?.GetValueOrDefault(name);

    internal static TextNode Root(long offset, JsonValueKind kind, string text = "") => new(null, "$", offset, kind, text);

    internal TextNode Item(long offset, JsonValueKind kind, string text = "")
    {
        var item = new TextNode(this, $"[{Items.Count.ToString(CultureInfo.InvariantCulture)}]", offset, kind, text);
        Items.Add(item);
        return item;
    }

    /// <summary>Adds a member; one whose name there is already is not found by it.</summary>
    internal TextNode Member(string name, long offset, JsonValueKind kind, string text = "")
    {
        bool plain = name.Length is > 0 and < 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');
        var value = new TextNode(this, plain ? $".{name}" : $"[{Code.Shown(name)}]", offset, kind, text);
        Members.Add((name, value));
        (named ??= new(StringComparer.Ordinal)).TryAdd(name, value);
        return value;
    }
}
