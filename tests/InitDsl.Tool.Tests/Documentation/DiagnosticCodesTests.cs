using System.Text.RegularExpressions;
using InitDsl.Tests.Running;

namespace InitDsl.Tests.Documentation;

/// <summary>The README's tables have every code of a diagnostic that there is, and no other.</summary>
public partial class DiagnosticCodesTests
{
    [Fact]
    public void The_README_lists_every_code_once_and_no_other()
    {
        string[] made = [.. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
            .SelectMany(path => Made().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .Distinct().Order(StringComparer.Ordinal)];
        string[] listed = [.. File.ReadLines(Repository.Readme)
            .Where(line => line.StartsWith("| INIT", StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line.Split('|')[1]).Select(match => match.Value))
            .Order(StringComparer.Ordinal)];
        Assert.Contains("INIT001", made);
        Assert.Equal(made, listed);
    }

    /// <summary>A code in quotes makes a diagnostic; others in texts are mentioned.</summary>
    [GeneratedRegex("\"(INIT[0-9]{3})\"")]
    private static partial Regex Made();

    [GeneratedRegex("INIT[0-9]{3}")]
    private static partial Regex Code();
}
