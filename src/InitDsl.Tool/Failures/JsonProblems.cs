using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
// Within InitDsl the bare name means what a rule set was found to be.
using CompilerDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace InitDsl.Tool;

/// <summary>What went wrong, as the commands write it with <c>--json</c>: a list of objects with a message and a place.</summary>
internal sealed class JsonProblems : IFailures
{
    private readonly List<string> found = [];

    internal bool Any => found.Count > 0;

    /// <summary>The problems as a JSON array.</summary>
    internal string Array => $"[{string.Join(", ", found)}]";

    /// <summary>The problems where there is nothing else to write.</summary>
    internal string Document => $"{{ \"problems\": {Array} }}";

    public void Add(WrongUsageException wrong) => Add("usage", Severity.Error, null, wrong.Message);

    public void Add(InitTextException wrong)
    {
        foreach (TextProblem problem in wrong.Problems)
        {
            Add(InitTextException.Code, Severity.Error, new(wrong.File, problem.Line, problem.Column), problem.Message, problem.Path);
        }
    }

    public void Add(InitException refused)
    {
        foreach (Diagnostic diagnostic in refused.Diagnostics.Where(diagnostic => diagnostic.Severity >= Severity.Warning))
        {
            Place? place = diagnostic.Place is { } at ? new(at.File, at.Line, at.Column) : null;
            Add(diagnostic.Code, diagnostic.Severity, place, diagnostic.Message, diagnostic.Path ?? diagnostic.Place?.Path);
        }
    }

    public void Add(IEnumerable<CompilerDiagnostic> diagnostics)
    {
        foreach (CompilerDiagnostic diagnostic in diagnostics)
        {
            FileLinePositionSpan at = diagnostic.Location.GetMappedLineSpan();
            Place? place = at.IsValid ? new(at.Path, at.StartLinePosition.Line + 1, at.StartLinePosition.Character + 1) : null;
            Add(diagnostic.Id, diagnostic.Severity == DiagnosticSeverity.Error ? Severity.Error : Severity.Warning, place, DiagnosticReport.Text(diagnostic));
        }
    }

    public void Add(Exception defect) =>
        Add(FailureReport.Name(defect.GetType()), Severity.Error, null, FailureReport.Unexpected(defect));

    public void Add(Exception thrown, Assembly script)
    {
        foreach (Exception cause in FailureReport.Unwrapped(thrown, script))
        {
            if (cause is InitException refused)
            {
                Add(refused);
            }
            else
            {
                Place? place = ScriptFrame.Of(cause, script) is [var frame, ..] ? new(frame.File, frame.Line, frame.Column) : null;
                Add(FailureReport.Name(cause.GetType()), Severity.Error, place, Message(cause));
            }
        }
    }

    private static string Message(Exception cause) => cause.InnerException is { } inner
        ? $"{FailureReport.Message(cause)} because of {FailureReport.Name(inner.GetType())}: {Message(inner)}"
        : FailureReport.Message(cause);

    private void Add(string? code, Severity? severity, Place? place, string message, string? path = null)
    {
        found.Add(Json.Object(
        [
            ("code", Text(code)),
            ("severity", Text(severity?.ToString().ToLowerInvariant())),
            ("file", Text(place?.File)),
            ("line", place?.Line.ToString(CultureInfo.InvariantCulture)),
            ("column", place?.Column.ToString(CultureInfo.InvariantCulture)),
            ("path", Text(path)),
            ("message", Text(message)),
        ]));
    }

    private static string? Text(string? text) => text is null ? null : Json.String(text);

    /// <summary>A place in a file, counted from 1.</summary>
    private sealed record Place(string? File, int Line, int Column);
}
