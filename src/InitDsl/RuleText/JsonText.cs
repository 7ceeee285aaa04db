using System.Text;
using System.Text.Json;

namespace InitDsl;

/// <summary>Reads JSON text into values with places; everything wrong with it goes to the problems.</summary>
internal static class JsonText
{
    /// <summary>How deep arrays and objects may lie in each other; what is written is never deeper.</summary>
    internal const int MostDepth = 64;

    /// <summary>The value that a text is; null where it is none.</summary>
    internal static TextNode? Read(byte[] text, TextProblems problems)
    {
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            problems.Add(0, "$", "this is UTF-16. Save the file as UTF-8.");
            return null;
        }

        // Editors of one system put this mark before every file; it stands for nothing.
        int start = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var state = new JsonReaderState(new() { MaxDepth = MostDepth, CommentHandling = JsonCommentHandling.Disallow });
        var reader = new Utf8JsonReader(text.AsSpan(start), isFinalBlock: true, state);
        var open = new Stack<TextNode>();
        TextNode? root = null;
        string? name = null;
        // A text with letters that are none is no JSON: nothing else can be said of it.
        bool readable = true;
        try
        {
            while (reader.Read())
            {
                long offset = start + reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        open.Pop();
                        continue;
                    case JsonTokenType.PropertyName:
                        name = Text(ref reader) ?? Unreadable(offset, open.Peek().Path);
                        if (readable && open.Peek().Member(name) is not null)
                        {
                            problems.Add(offset, open.Peek().Path, $"the name {Code.Shown(name)} stands here twice. An object has each name once.");
                        }

                        continue;
                }

                JsonValueKind kind = KindOf(reader.TokenType);
                string value = kind == JsonValueKind.String ? Text(ref reader) ?? Unreadable(offset, PlaceIn(open, name))
                    : kind == JsonValueKind.Number ? Encoding.UTF8.GetString(reader.ValueSpan)
                    : "";
                TextNode node = !open.TryPeek(out TextNode? parent) ? root = TextNode.Root(offset, kind, value)
                    : parent.Kind == JsonValueKind.Array ? parent.Item(offset, kind, value)
                    : parent.Member(name!, offset, kind, value);
                if (kind is JsonValueKind.Array or JsonValueKind.Object)
                {
                    open.Push(node);
                }
            }
        }
        catch (JsonException broken)
        {
            long offset = Math.Min(text.Length, start + OffsetOf(broken, text.AsSpan(start)));
            problems.Add(offset, open.TryPeek(out TextNode? inside) ? inside.Path : "$", WhyBroken(broken, text, (int)offset));
            return null;
        }

        return readable ? root : null;

        string Unreadable(long offset, string path)
        {
            problems.Add(offset, path, "this text is not valid Unicode.");
            readable = false;
            return "";
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private static string PlaceIn(Stack<TextNode> open, string? name) =>
        open.TryPeek(out TextNode? parent) ? parent.Path + (parent.Kind == JsonValueKind.Object ? $".{name}" : "") : "$";

    /// <summary>A name or a text; null where it has half of a surrogate pair, written as \ud800, or bytes that are not UTF-8.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The exception counts lines and, within one, bytes.</summary>
    private static long OffsetOf(JsonException broken, ReadOnlySpan<byte> text)
    {
        int lineStart = 0;
        for (long line = 0; line < (broken.LineNumber ?? 0); line++)
        {
            int next = text[lineStart..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            lineStart += next + 1;
        }

        return lineStart + (broken.BytePositionInLine ?? 0);
    }

    private static string WhyBroken(JsonException broken, byte[] text, int offset)
    {
        if (broken.Message.Contains("depth of", StringComparison.Ordinal))
        {
            return $"arrays and objects lie more than {MostDepth} deep in each other.";
        }

        ReadOnlySpan<byte> rest = text.AsSpan(offset);
        if (rest.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "the text ends in the middle of a value; the file may be cut off.";
        }

        if (broken.Message.Contains("trailing comma", StringComparison.Ordinal))
        {
            return "a comma stands before this, and no value after it.";
        }

        if (broken.Message.Contains("UTF-8", StringComparison.Ordinal))
        {
            return "this is not valid UTF-8.";
        }

        if (rest.StartsWith("NaN"u8) || rest.StartsWith("Infinity"u8))
        {
            return "JSON has no such number; an infinity is written \"Infinity\" or \"-Infinity\".";
        }

        char c = (char)rest[0];
        return c switch
        {
            '/' => "JSON has no comments.",
            '\'' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') =>
                $"{(c == '\'' ? "\"'\"" : $"'{c}'")} cannot stand here in JSON: names and texts stand between quotation marks; without them only true, false and null.",
            _ => $"{(c is > ' ' and < (char)0x7F ? $"'{c}'" : $"the byte 0x{rest[0]:X2}")} cannot stand here in JSON: a value, a comma or a bracket is missing or out of place before it.",
        };
    }
}
