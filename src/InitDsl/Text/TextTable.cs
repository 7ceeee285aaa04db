using System.Text;

namespace InitDsl;

/// <summary>
/// Plain text in aligned columns, for strings that go to logs and files as well as to terminals; the tool draws
/// its own tables with a terminal library, which the core does not depend on.
/// </summary>
internal sealed class TextTable(params (string Title, bool Right)[] columns)
{
    private const string Gap = "  ";
    private readonly List<string[]> rows = [];

    internal void Add(params string[] cells) => rows.Add([.. cells.Select(Code.Printable)]);

    /// <summary>Columns that are empty in every row are left out.</summary>
    public override string ToString()
    {
        int[] shown = [.. Enumerable.Range(0, columns.Length).Where(c => rows.Exists(row => row[c].Length > 0))];
        int[] widths = [.. shown.Select(c => rows.Max(row => row[c].Length)).Zip(shown, (w, c) => Math.Max(w, columns[c].Title.Length))];
        var text = new StringBuilder();
        Line(c => columns[c].Title);
        text.AppendLine(string.Join(Gap, widths.Select(width => new string('─', width))));
        foreach (string[] row in rows)
        {
            Line(c => row[c]);
        }

        return text.ToString();

        void Line(Func<int, string> cell)
        {
            IEnumerable<string> cells = shown.Select((c, i) =>
                columns[c].Right ? cell(c).PadLeft(widths[i]) : cell(c).PadRight(widths[i]));
            text.AppendLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
