using System.Text;

namespace InitDsl;

/// <summary>Collects what is wrong with a text in UTF-8.</summary>
internal sealed class TextProblems(byte[] text, string? file)
{
    /// <summary>A file that is no rule file at all has more of them than anybody reads.</summary>
    private const int Most = 100;

    private readonly SortedDictionary<(long Offset, int Order), TextProblem> found = [];

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

    private (int Line, int Column) Place(int offset)
    {
        ReadOnlySpan<byte> before = text.AsSpan(0, offset);
        int start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }
}
