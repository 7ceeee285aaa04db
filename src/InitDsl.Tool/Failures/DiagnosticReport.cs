using System.Globalization;
using Microsoft.CodeAnalysis;
using Spectre.Console;
// Within InitDsl the bare name means what a rule set was found to be.
using CompilerDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace InitDsl.Tool;

/// <summary>What the compiler found, in the form that editors and build logs turn into links.</summary>
internal static class DiagnosticReport
{
    internal static void Write(IEnumerable<CompilerDiagnostic> diagnostics)
    {
        foreach (CompilerDiagnostic diagnostic in diagnostics)
        {
            Write(diagnostic);
        }
    }

    private static void Write(CompilerDiagnostic diagnostic)
    {
        bool error = diagnostic.Severity == DiagnosticSeverity.Error;
        FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
        var line = new Paragraph();
        if (place.IsValid)
        {
            (int row, int column) = (place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1);
            line.Append(string.Create(CultureInfo.InvariantCulture, $"{Places.Shown(place.Path)}({row},{column}): "));
        }

        line.Append(error ? "error" : "warning", new Style(error ? Color.Red : Color.Yellow));
        line.Append($" {diagnostic.Id}: {Text(diagnostic)}");
        Screen.Errors.Line(line);
    }

    internal static string Text(CompilerDiagnostic diagnostic)
    {
        string text = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return diagnostic.Id == "CS0006" && QuotedIn(text) is { } reference && ScriptReferences.IsForeignPackage(reference)
            ? $"initdsl does not install packages, and '{reference}' is not one it brings along: "
              + "write #r with the path of an assembly, or run the script with dotnet script."
            : text;
    }

    /// <summary>The compiler gives the reference only within its sentence.</summary>
    private static string? QuotedIn(string text) => text.Split('\'') is [_, var quoted, ..] ? quoted : null;
}
