namespace InitDsl;

/// <summary>A text that is no rule set, or no record of a plan: every reason at once. Nothing has been changed.</summary>
public sealed class InitTextException : FormatException
{
    /// <summary>The code of every problem of a text, beside those of diagnostics: <c>INIT019</c>.</summary>
    public const string Code = "INIT019";

    internal InitTextException(string? file, IReadOnlyList<TextProblem> problems)
        : base(Render(file, problems))
    {
        File = file;
        Problems = problems;
    }

    /// <summary>The file that was read; null for a text on its own.</summary>
    public string? File { get; }

    /// <summary>Everything found, in the order of the text.</summary>
    public IReadOnlyList<TextProblem> Problems { get; }

    private static string Render(string? file, IReadOnlyList<TextProblem> problems)
    {
        string count = problems.Count == 1 ? "1 problem" : $"{problems.Count} problems";
        string head = $"{file ?? "The text"}: {count} ({Code}); nothing was read.";
        return string.Join(Environment.NewLine, problems.Select(problem => $"  {problem}").Prepend(head));
    }
}
