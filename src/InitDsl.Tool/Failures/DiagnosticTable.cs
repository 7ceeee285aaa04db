using Spectre.Console;

namespace InitDsl.Tool;

/// <summary>What a rule set was refused for, one row a finding.</summary>
internal static class DiagnosticTable
{
    internal static void Write(InitException refused)
    {
        Diagnostic[] errors = [.. refused.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error)];
        Screen.Errors.Error(
            $"These rules cannot be applied to this model: {errors.Length} {(errors.Length == 1 ? "error" : "errors")}; nothing was changed.");

        Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators();
        table.AddColumn(new TableColumn("code").NoWrap());
        table.AddColumn("path");
        table.AddColumn("message");
        foreach (Diagnostic diagnostic in refused.Diagnostics.Where(diagnostic => diagnostic.Severity >= Severity.Warning))
        {
            table.AddRow(
                new Text(diagnostic.Code, new Style(Colour(diagnostic.Severity))),
                new Text(diagnostic.Path ?? ""),
                new Text(diagnostic.Message));
        }

        Screen.Errors.Table(table);
    }

    /// <summary>Warnings of a plan that was made, a line each.</summary>
    internal static void WriteLines(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity >= Severity.Warning))
        {
            Screen.Errors.Line(new Paragraph().Append($"{diagnostic.Code} ", new Style(Colour(diagnostic.Severity)))
                .Append($"{diagnostic.Severity.ToString().ToLowerInvariant()}: {diagnostic.Message}"));
        }
    }

    private static Color Colour(Severity severity) => severity switch
    {
        Severity.Error => Color.Red,
        Severity.Warning => Color.Yellow,
        _ => Color.Default,
    };
}
