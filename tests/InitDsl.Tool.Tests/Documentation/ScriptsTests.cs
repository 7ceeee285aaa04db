using InitDsl.Tests.Running;

namespace InitDsl.Tests.Documentation;

/// <summary>Every script of the folder scripts runs to its end.</summary>
public class ScriptsTests
{
    /// <summary>Arguments for scripts that would take long.</summary>
    private static readonly Dictionary<string, string[]> Shorter = new() { ["bench.csx"] = ["--quick"] };

    public static TheoryData<string> Scripts() =>
        [.. Directory.EnumerateFiles(Repository.Scripts, "*.csx").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_quickstart_in_FSharp_runs_under_fsi()
    {
        Ran ran = await ChildProcess.Start(["fsi", "--quiet", Path.Combine(Repository.Scripts, "quickstart.fsx")]).Finish();
        Assert.True(ran.ExitCode == 0 && ran.Errors == "", ran.ToString());
        Assert.Contains("verified: 4 parameters follow their laws", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_scripts() => Assert.Contains("quickstart.csx", Scripts().Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_exits_with_0(string name)
    {
        Ran ran = await ChildProcess
            .Start([Repository.Tool, "run", Path.Combine(Repository.Scripts, name), .. Shorter.GetValueOrDefault(name, [])])
            .Finish(TimeSpan.FromMinutes(10));
        Assert.True(ran.ExitCode == 0 && ran.Errors == "", ran.ToString());
        Assert.NotEqual("", ran.Output);
    }

    [Fact]
    public async Task Diff_tells_what_a_changed_line_of_the_rules_did_to_the_fine_tuning()
    {
        using var folder = new TemporaryFolder();
        string rules = await File.ReadAllTextAsync(Path.Combine(Repository.Scripts, "finetune", "rules.json"), TestContext.Current.CancellationToken);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Scripts, "finetune")))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        string changed = folder.Write("changed.json", rules.Replace("\"std\": 0.02", "\"std\": 0.002", StringComparison.Ordinal));
        Assert.NotEqual(rules, await File.ReadAllTextAsync(changed, TestContext.Current.CancellationToken));
        string script = Path.Combine(Repository.Scripts, "finetune.csx");
        Ran before = await ChildProcess.Start([Repository.Tool, "run", script, "--plan", "before.plan.json"], folder.Path).Finish();
        Ran after = await ChildProcess.Start([Repository.Tool, "run", script, "--rules", "changed.json", "--plan", "after.plan.json"], folder.Path).Finish();
        Assert.True(before.ExitCode == 0 && after.ExitCode == 0, $"{before}\n{after}");
        Ran diff = await ChildProcess.Start([Repository.Tool, "diff", "before.plan.json", "after.plan.json"], folder.Path).Finish();
        Assert.Equal((1, ""), (diff.ExitCode, diff.Errors));

        string page = (await File.ReadAllTextAsync(Repository.Readme, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        IEnumerable<string> told = before.Output.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line != "What came from where:");
        string shown = string.Join('\n', told.TakeWhile(line => !line.StartsWith("step", StringComparison.Ordinal))).TrimEnd();
        Assert.Contains($"<!-- output of scripts/finetune.csx -->\n```text\n{shown}\n```", page, StringComparison.Ordinal);
        Assert.Contains($"<!-- output of initdsl diff -->\n```text\n{diff.Output.ReplaceLineEndings("\n")}```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_of_TorchSharp_prints_what_the_README_shows()
    {
        Ran ran = await ChildProcess.Start([Repository.Tool, "run", Path.Combine(Repository.Scripts, "audit-torchsharp.csx")]).Finish();
        string page = (await File.ReadAllTextAsync(Repository.Readme, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.Contains($"<!-- output of scripts/audit-torchsharp.csx -->\n```text\n{ran.Output.ReplaceLineEndings("\n")}```", page, StringComparison.Ordinal);
        Assert.Contains("xavier_normal_       Distribution: ", ran.Output, StringComparison.Ordinal);
    }
}
