// The list of planted defects, read by plant.csx and by a test of the ordinary suite.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

/// <summary>A text of a file, and what stands there with the defect.</summary>
sealed record Edit(string File, string Find, string Replace);

/// <summary>A way in which the library could be wrong, and the tests that should notice.</summary>
sealed record Defect(string Name, string What, string Project, IReadOnlyList<string> Classes, IReadOnlyList<Edit> Edits)
{
    /// <summary>Reads the list.</summary>
    public static IReadOnlyList<Defect> Read(string path)
    {
        var defects = new List<Defect>();
        var lines = new List<string>();
        foreach (string line in File.ReadLines(path).Append("=="))
        {
            if (line.StartsWith("==", StringComparison.Ordinal))
            {
                if (lines.Count > 0)
                {
                    defects.Add(Of(lines));
                }

                lines = line.Length > 2 ? [line] : [];
            }
            else if (lines.Count > 0 && line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return defects;
    }

    /// <summary>Changes the file of an edit under a folder, which must hold the text exactly once.</summary>
    /// <returns>The file's text as it was.</returns>
    public static string Plant(Edit edit, string root)
    {
        string path = Path.Combine(root, edit.File);
        string text = File.ReadAllText(path);
        int count = Count(text, edit.Find);
        if (count != 1)
        {
            throw new InvalidDataException($"{edit.File} has the text {count} times, not once: {edit.Find}");
        }

        File.WriteAllText(path, text.Replace(edit.Find, edit.Replace, StringComparison.Ordinal));
        return text;
    }

    /// <summary>How often a text occurs.</summary>
    public static int Count(string text, string find) => text.Split(find).Length - 1;

    private static Defect Of(List<string> lines)
    {
        string[] title = lines[0][2..].Trim().Split(": ", 2);
        string[] tests = Value(lines[1], "tests ").Split(' ');
        var edits = new List<Edit>();
        for (int i = 2; i < lines.Count; i += 3)
        {
            edits.Add(new(Value(lines[i], "in "), Value(lines[i + 1], "- "), Value(lines[i + 2], "+ ")));
        }

        return new(title[0], title[1], tests[0], tests[1..], edits);
    }

    private static string Value(string line, string word) => line.StartsWith(word, StringComparison.Ordinal)
        ? line[word.Length..]
        : throw new InvalidDataException($"The line should begin with \"{word}\": {line}");
}
