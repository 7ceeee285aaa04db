// The list of mutants that live, read by mutation.csx and by a test of the ordinary suite.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

/// <summary>A change of the source: of what a file of src/InitDsl had and got the same more than once, the how manieth.</summary>
sealed record Change(string File, string Before, string After, int Number)
{
    private const int Longest = 160;

    /// <summary>A piece of code in one line, cut where it is long.</summary>
    public static string OneLine(string code)
    {
        string line = Regex.Replace(code.Replace('`', '\''), @"\s+", " ").Trim();
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }

    /// <summary>As the list has it.</summary>
    public override string ToString() => $"- `{File}`: `{Before}` → `{After}`" + (Number > 1 ? $" (no. {Number})" : "");

    /// <summary>Reads a line of the list.</summary>
    public static Change Parse(string line)
    {
        Match match = Regex.Match(line, @"^- `([^`]+)`: `([^`]*)` → `([^`]*)`(?: \(no\. (\d+)\))?$");
        return match.Success
            ? new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Success ? int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture) : 1)
            : throw new InvalidDataException($"Not a change of a file: {line}");
    }
}

/// <summary>Why some mutants live.</summary>
sealed record Reason(string Why, IReadOnlyList<Change> Changes);

static class Survivors
{
    /// <summary>The heading of those that nobody has looked at yet.</summary>
    public const string Unexplained = "Not looked at yet";

    /// <summary>Reads the list: a heading for each reason, the changes under it.</summary>
    public static IReadOnlyList<Reason> Read(string path)
    {
        var reasons = new List<Reason>();
        var changes = new List<Change>();
        foreach (string line in System.IO.File.ReadLines(path))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                changes = [];
                reasons.Add(new(line[3..], changes));
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                changes.Add(Change.Parse(line));
            }
        }

        return reasons;
    }

    /// <summary>Writes the list anew, under what stands above its first reason.</summary>
    public static void Write(string path, IEnumerable<Reason> reasons)
    {
        string text = System.IO.File.ReadAllText(path);
        int end = text.IndexOf("\n## ", StringComparison.Ordinal);
        var page = new StringBuilder((end < 0 ? text : text[..end]).TrimEnd() + "\n");
        foreach (Reason reason in reasons.Where(reason => reason.Changes.Count > 0))
        {
            page.Append("\n## ").Append(reason.Why).Append("\n\n");
            foreach (Change change in reason.Changes)
            {
                page.Append(change).Append('\n');
            }
        }

        System.IO.File.WriteAllText(path, page.ToString());
    }
}
