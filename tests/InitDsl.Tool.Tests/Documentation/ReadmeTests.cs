using InitDsl.Tests.Running;

namespace InitDsl.Tests.Documentation;

/// <summary>Every block of code of the README and of the pages beside it compiles, runs, and prints what the page says.</summary>
public class ReadmeTests
{
    private const string OnlyCompile = "no-run";
    private const string Readme = "README.md";
    private const string WhichRuleWins = "scripts/docs/which-rule-wins.md";

    private static readonly string[] Pages =
        [Readme, WhichRuleWins, .. new[] { "InitDsl", "InitDsl.TorchSharp", "InitDsl.FsCheck" }.Select(package => $"src/{package}/README.md")];

    public static TheoryData<string, int> CSharpBlocks() =>
        new(from page in Pages from line in Lines("csharp", page) select (page, line));

    public static TheoryData<int> FSharpBlocks() => [.. Lines("fsharp")];

    [Fact]
    public void There_are_blocks_of_both_languages()
    {
        Assert.NotEmpty(Lines("csharp"));
        Assert.NotEmpty(Lines("fsharp"));
    }

    [Fact]
    public void Which_rule_wins_has_ten_examples_that_print()
    {
        Assert.Equal(10, File.ReadLines(Path.Combine(Repository.Root, WhichRuleWins)).Count(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.All(Blocks(WhichRuleWins).Where(block => block.Language == "csharp"), block => Assert.NotNull(block.Output));
    }

    [Fact]
    public void Nearly_every_block_runs() =>
        Assert.InRange(Blocks().Count(block => block.Marks.Contains(OnlyCompile)), 0, 2);

    [Fact]
    public async Task A_rule_in_a_file_says_what_the_code_beside_it_says()
    {
        string[][] rows = RulesInFiles();
        Assert.True(rows.Length >= 12, $"{rows.Length} rows");
        IEnumerable<string> compared = rows.Select(row =>
            $$""""
            {
                RuleSet read = RuleSet.Parse("""{ "initdsl": 1, "rules": [{{row[0]}}] }"""), code = {{row[1]}};
                Console.WriteLine(read.ToString() == code.ToString() && read.ToJson() == code.ToJson() ? "same" : $"{read}\n{code}\n{read.ToJson()}\n{code.ToJson()}");
            }
            """");
        using var folder = new TemporaryFolder();
        Ran ran = await ChildProcess.InitDsl("run", folder.Write("rows.csx", string.Join('\n', compared)));
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Equal(rows.Select(_ => "same"), Plain(ran.Output).Split('\n'));
    }

    [Theory]
    [MemberData(nameof(CSharpBlocks))]
    public async Task CSharp_block_at_line_runs_as_a_script(string page, int line)
    {
        MarkdownBlock block = Blocks(page).Single(block => block.Line == line);
        using var folder = new TemporaryFolder();
        // A statement that ends the script before it begins still has the rest compiled.
        string start = block.Marks.Contains(OnlyCompile) ? "if (Environment.ProcessId > 0) return 0;\n" : "";
        string script = folder.Write("block.csx", $"{start}#line {block.Line} \"{page}\"\n{block.Code}\n");
        Holds(block, await ChildProcess.Start([Repository.Tool, "run", script], folder.Path).Finish());
    }

    [Theory]
    [MemberData(nameof(FSharpBlocks))]
    public async Task FSharp_block_at_line_runs_in_fsi(int line)
    {
        MarkdownBlock block = Blocks().Single(block => block.Line == line);
        using var folder = new TemporaryFolder();
        string references = string.Concat(
            new[] { "TorchSharp.dll", "InitDsl.dll", "InitDsl.TorchSharp.dll" }
                .Select(name => $"#r @\"{Path.Combine(Repository.Output, name)}\"\n"));
        string script = folder.Write("block.fsx", $"{references}# {block.Line} \"README.md\"\n{block.Code}\n");
        // A program finds libtorch through its own dependencies; F# Interactive has none of ours, and asks the system.
        var environment = new Dictionary<string, string>();
        foreach (string variable in new[] { "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH" })
        {
            environment[variable] = Repository.NativeLibraries + Path.PathSeparator + Environment.GetEnvironmentVariable(variable);
        }

        Holds(block, await ChildProcess.Start(["fsi", "--quiet", script], folder.Path, environment).Finish());
    }

    /// <summary>The rows of the README's table: a rule in JSON, and in code.</summary>
    private static string[][] RulesInFiles() =>
    [
        .. File.ReadLines(Repository.Readme).SkipWhile(line => line != "| a rule in a file | in code |").Skip(2)
            .TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Replace("\\|", "\0", StringComparison.Ordinal).Split('|').Skip(1).Take(2)
                .Select(cell => cell.Trim(' ', '`').Replace('\0', '|')).ToArray()),
    ];

    private static void Holds(MarkdownBlock block, Ran ran)
    {
        Assert.True(ran.ExitCode == 0, ran.ToString());
        if (block.Output is { } promised)
        {
            Assert.Equal(Plain(promised), Plain(ran.Output));
        }
    }

    /// <summary>Without what a page does not show: the ends of lines, and empty lines at the end.</summary>
    private static string Plain(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');

    private static IReadOnlyList<MarkdownBlock> Blocks(string page = Readme) =>
        MarkdownBlock.Of(File.ReadAllText(Path.Combine(Repository.Root, page)));

    private static IEnumerable<int> Lines(string language, string page = Readme) =>
        Blocks(page).Where(block => block.Language == language).Select(block => block.Line);
}
