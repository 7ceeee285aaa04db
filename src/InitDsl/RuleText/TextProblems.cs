using System.Text;

namespace InitDsl;

/// <summary>Collects what is wrong with a text in UTF-8.</summary>
internal sealed class TextProblems(byte[] text, string? file)
{
    /// <summary>A file that is no rule file at all has more of them than anybody reads.</summary>
    private const int Most = 100;

    private readonly SortedDictionary<(long Offset, int Order), TextProblem> found = [];

    private (int Offset, int Line, int Column) last = (0, 1, 1);

    internal bool Any => found.Count > 0;

    /// <summary>As many of these as there is room for what may be wrong with them.</summary>
    internal IEnumerable<T> UntilFull<T>(IEnumerable<T> items) => items.TakeWhile(_ => found.Count < Most);

    internal void Add(TextNode node, string message) => Add(node.Offset, node.Path, message);

    /// <param name="offset">Where, in bytes from the start.</param>
    /// <param name="path">The place as a JSON path.</param>
    /// <param name="message">What is wrong.</param>
    internal void Add(long offset, string path, string message)
    {
        if (found.Count < Most)
        {
            (int line, int column) = Place((int)Math.Min(offset, text.Length));
            found.Add((offset, found.Count), new(line, column, path, message));
        }
    }

    internal InitTextException Exception() => new(file, [.. found.Values]);

    /// <summary>Where a value stands, for what is found only when the rules meet a model.</summary>
    internal TextPlace PlaceOf(TextNode node)
    {
        (int line, int column) = Place((int)node.Offset);
        return new(file, line, column, node.Path);
    }

    /// <summary>Counted from the place that was asked for last, since places are asked for from first to last.</summary>
    private (int Line, int Column) Place(int offset)
    {
        (int from, int line, int column) = offset >= last.Offset ? last : (0, 1, 1);
        ReadOnlySpan<byte> between = text.AsSpan(from..offset);
        int lines = between.Count((byte)'\n');
        int start = between.LastIndexOf((byte)'\n') + 1;
        last = (offset, line + lines, (lines == 0 ? column : 1) + Encoding.UTF8.GetCharCount(between[start..]));
        return (last.Line, last.Column);
    }
}
