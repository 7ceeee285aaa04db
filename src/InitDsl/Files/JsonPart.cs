using System.Text.Json;

namespace InitDsl;

/// <summary>Reads the JSON in a file token by token; every error names the byte of the file.</summary>
internal ref struct JsonPart
{
    /// <summary>More than any file of weights nests.</summary>
    private const int Deepest = 16;

    private readonly WeightFile file;
    private readonly long begin;
    private Utf8JsonReader reader;

    /// <param name="file">The file.</param>
    /// <param name="begin">Where in it the JSON begins.</param>
    /// <param name="text">The JSON.</param>
    /// <exception cref="WeightFileException">It is not UTF-8.</exception>
    internal JsonPart(WeightFile file, long begin, ReadOnlySpan<byte> text)
    {
        this.file = file;
        this.begin = begin;
        int invalid = TensorNames.FirstInvalid(text);
        if (invalid >= 0)
        {
            throw file.Problem(begin + invalid, "the JSON is not valid UTF-8", Again);
        }

        reader = new(text, new JsonReaderOptions { MaxDepth = Deepest });
    }

    internal static string Again => "Copy the file again from where it came from, or write it again.";

    internal readonly JsonTokenType Token => reader.TokenType;

    /// <summary>The byte of the file at which the token begins.</summary>
    internal readonly long Place => begin + reader.TokenStartIndex;

    /// <summary>Goes to the next token.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException malformed)
        {
            throw file.Problem(begin + reader.BytesConsumed, $"the JSON is malformed: {Reason(malformed)}", Again);
        }
    }

    /// <summary>Goes to the next token, which must be of a kind.</summary>
    internal void Expect(JsonTokenType token, string what)
    {
        if (!Read() || Token != token)
        {
            throw Problem($"{what} is expected here");
        }
    }

    /// <summary>The name or text that the token is.</summary>
    internal readonly string Text()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Problem("this text has half a surrogate pair, which is no character");
        }
    }

    /// <summary>The next token, which must be a text.</summary>
    internal string NextText(string what)
    {
        Expect(JsonTokenType.String, what);
        return Text();
    }

    /// <summary>Goes past the value that comes next, whatever it is.</summary>
    internal void SkipValue()
    {
        Read();
        int depth = reader.CurrentDepth;
        if (Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            while (Read() && reader.CurrentDepth > depth)
            {
            }
        }
    }

    /// <summary>The list of sizes or offsets that comes next, no longer than PyTorch has dimensions.</summary>
    internal List<long> NextCounts(string what)
    {
        Expect(JsonTokenType.StartArray, $"a list of whole numbers for {what}");
        var counts = new List<long>();
        while (Read() && Token != JsonTokenType.EndArray)
        {
            if (Token != JsonTokenType.Number || !reader.TryGetInt64(out long count) || count < 0)
            {
                throw Problem($"{what} holds something else than whole numbers from 0 to 2^63 − 1");
            }

            if (counts.Count == FileLimits.MostDimensions)
            {
                throw Problem($"{what} holds more than {FileLimits.MostDimensions} numbers");
            }

            counts.Add(count);
        }

        return counts;
    }

    /// <summary>What is wrong at the token.</summary>
    internal readonly WeightFileException Problem(string what) => file.Problem(Place, what, Again);

    /// <summary>The exception's own words, without the place, which is given otherwise.</summary>
    private static string Reason(JsonException malformed)
    {
        int place = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = (place < 0 ? malformed.Message : malformed.Message[..place]).TrimEnd('.');
        return reason.Contains("depth", StringComparison.Ordinal) ? $"it is nested more than {Deepest} levels deep" : reason;
    }
}
