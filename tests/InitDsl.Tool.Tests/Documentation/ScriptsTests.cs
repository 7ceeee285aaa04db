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
    public async Task Audit_of_TorchSharp_prints_what_the_README_shows()
    {
        Ran ran = await ChildProcess.Start([Repository.Tool, "run", Path.Combine(Repository.Scripts, "audit-torchsharp.csx")]).Finish();
        string page = (await File.ReadAllTextAsync(Repository.Readme, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.Contains($"<!-- output of scripts/audit-torchsharp.csx -->\n```text\n{ran.Output.ReplaceLineEndings("\n")}```", page, StringComparison.Ordinal);
        Assert.Contains("xavier_normal_       Distribution: ", ran.Output, StringComparison.Ordinal);
    }
}
