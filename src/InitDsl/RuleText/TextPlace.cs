namespace InitDsl;

/// <summary>A place in a text.</summary>
/// <param name="File">The file as it was named; null for a text on its own.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
/// <param name="Path">The place as a JSON path, as <c>$.rules[0][0].When</c>.</param>
internal sealed record TextPlace(string? File, int Line, int Column, string Path)
{
    /// <summary>The place as the end of a sentence.</summary>
    public override string ToString() => FormattableString.Invariant($"{File ?? "the text"}:{Line}:{Column} ({Path})");
}
