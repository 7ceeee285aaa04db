namespace InitDsl;

/// <summary>Something in a text that cannot be right, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
/// <param name="Path">The place as a JSON path, as <c>$.rules[0][1].Weight</c>.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
public sealed record TextProblem(int Line, int Column, string Path, string Message)
{
    /// <summary>Place and message in one line.</summary>
    public override string ToString() => $"{Line}:{Column} {Path}: {Message}";
}
