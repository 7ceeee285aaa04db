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
        Diagnostic[] shown = [.. refused.Diagnostics.Where(diagnostic => diagnostic.Severity >= Severity.Warning)];
        bool paths = Array.Exists(shown, diagnostic => diagnostic.Path is not null);
        table.AddColumn(new TableColumn("code").NoWrap());
        table.AddColumn(new TableColumn("severity").NoWrap());
        if (paths)
        {
            table.AddColumn("path");
        }

        table.AddColumn("message");
        foreach (Diagnostic diagnostic in shown)
        {
            var style = new Style(Colour(diagnostic.Severity));
            Text[] cells = [new(diagnostic.Code, style), new(Word(diagnostic.Severity), style), new(diagnostic.Path ?? ""), new(diagnostic.Message)];
            table.AddRow(cells.Where((_, column) => paths || column != 2));
        }

        Screen.Errors.Table(table);
    }

    /// <summary>Warnings of a plan that was made, a line each.</summary>
    internal static void WriteLines(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity >= Severity.Warning))
        {
            Screen.Errors.Line(new Paragraph().Append($"{diagnostic.Code} ", new Style(Colour(diagnostic.Severity)))
                .Append($"{Word(diagnostic.Severity)}: {diagnostic.Message}"));
        }
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static Color Colour(Severity severity) => severity switch
    {
        Severity.Error => Color.Red,
        Severity.Warning => Color.Yellow,
        _ => Color.Default,
    };
}
