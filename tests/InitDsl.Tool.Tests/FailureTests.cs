using InitDsl.Tests.Running;

namespace InitDsl.Tests;

/// <summary>What is said when a script goes wrong: by its own files and lines, and nothing of the host.</summary>
public class FailureTests
{
    [Fact]
    public async Task Every_compile_error_is_printed_with_its_place()
    {
        Ran ran = await ChildProcess
            .Start([Repository.Tool, "run", "does-not-compile.csx"], folder: Repository.Fixtures)
            .Finish();
        string wrong = Path.Combine("parts", "wrong.csx");
        string[] expected =
        [
            "does-not-compile.csx(2,7): error CS1504: ",
            "does-not-compile.csx(3,14): error CS0029: ",
            "does-not-compile.csx(4,1): error CS0103: ",
            $"{wrong}(2,19): error CS0029: ",
        ];
        string[] lines = ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Equal(expected.Length, lines.Length);
        Assert.All(lines.Zip(expected), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_that_the_tool_does_not_have_is_refused_with_its_line()
    {
        Ran ran = await ChildProcess.RunFixture("foreign-package.csx");
        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Contains("foreign-package.csx(2,", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("initdsl does not install packages, and 'nuget: Some.Package, 1.0.0' is not one it brings along", ran.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "plain",
        """
        error: System.InvalidOperationException: too deep: 1 [not markup]
          at parts/deeper/inner.csx:5:20 in Fail
          at throws.csx:14:9
        """)]
    [InlineData(
        "async",
        """
        error: System.InvalidOperationException: too deep: 2 [not markup]
          at parts/deeper/inner.csx:5:20 in Fail
          at throws.csx:8:5 in Later
          at throws.csx:17:9
        """)]
    [InlineData(
        "own",
        """
        error: Own: mine
          at throws.csx:20:52
        because of System.InvalidOperationException: too deep: 3 [not markup]
          at parts/deeper/inner.csx:5:20 in Fail
          at throws.csx:20:15
        """)]
    [InlineData(
        "many",
        """
        error: System.InvalidOperationException: too deep: 4 [not markup]
          at parts/deeper/inner.csx:5:20 in Fail
          at throws.csx:23:37
        error: System.InvalidOperationException: too deep: 5 [not markup]
          at parts/deeper/inner.csx:5:20 in Fail
          at throws.csx:23:62
        """)]
    [InlineData(
        "native",
        """
        error: System.Runtime.InteropServices.ExternalException: shape '[4, 5]' is invalid for input of size 6
          at throws.csx:26:9
        """)]
    [InlineData(
        "aggregate",
        """
        error: System.AggregateException: three models failed (the first)
          at throws.csx:33:9
        because of System.Exception: the first
        """)]
    [InlineData(
        "initialize",
        """
        error: System.InvalidOperationException: too deep: 7 [not markup]
          at parts/deeper/inner.csx:5:20 in Fail
          at throws.csx:35:30 in Initialize
          at throws.csx:36:9
        """)]
    public async Task An_exception_is_reported_by_the_places_in_the_script(string how, string expected)
    {
        Ran ran = await ChildProcess.Start([Repository.Tool, "run", "throws.csx", how], folder: Repository.Fixtures).Finish();
        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Equal(expected.ReplaceLineEndings("\n"), ran.Errors.ReplaceLineEndings("\n").Replace('\\', '/').TrimEnd('\n'));
    }

    [Fact]
    public async Task A_deep_recursion_is_cut_short()
    {
        Ran ran = await ChildProcess.RunFixture("throws.csx", "recursion");
        string[] lines = ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 22 && lines[^1].StartsWith("  and 8", StringComparison.Ordinal), ran.ToString());
    }

    [Fact]
    public async Task Verbose_shows_the_whole_exception()
    {
        Ran ran = await ChildProcess.InitDsl("run", "--verbose", Repository.Fixture("throws.csx"), "plain");
        Assert.Contains("   at Submission#0.Fail(Int32 depth)", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_rule_set_is_a_table_with_a_row_for_every_finding()
    {
        Ran ran = await ChildProcess.Start([Repository.Tool, "run", "refused.csx"], folder: Repository.Fixtures).Finish();
        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        string[] lines = ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("error: These rules cannot be applied to this model", lines[0], StringComparison.Ordinal);
        Assert.Contains("nothing was changed", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("│ code", StringComparison.Ordinal) && line.Contains("│ path", StringComparison.Ordinal) && line.Contains("│ message", StringComparison.Ordinal));
        foreach (string path in new[] { "conv.weight", "fc.bias", "norm.weight", "norm.bias" })
        {
            Assert.Contains(lines, line => line.StartsWith("│ INIT00", StringComparison.Ordinal) && line.Contains($"│ {path} ", StringComparison.Ordinal));
        }

        Assert.Equal("  at refused.csx:2:1", lines[^1].TrimEnd('\r'));
        Assert.DoesNotContain('\e', ran.Errors);
    }

    [Theory]
    [InlineData("There is no script nowhere.csx.", "run", "nowhere.csx")]
    [InlineData("There is no script hello. Did you mean hello.csx?", "run", "hello")]
    [InlineData("parts is a folder: give a script, a file whose name ends in .csx.", "run", "parts")]
    [InlineData("data/numbers.csv is not a C# script: its name must end in .csx.", "run", "data/numbers.csv")]
    [InlineData("There is no option --quiet.", "run", "--quiet", "hello.csx")]
    [InlineData("Did you mean initdsl run hello.csx?", "hello.csx")]
    [InlineData("Required argument 'script' missing", "run")]
    public async Task Wrong_usage_is_one_sentence_and_exit_code_2(string sentence, params string[] args)
    {
        Ran ran = await ChildProcess.Start([Repository.Tool, .. args], folder: Repository.Fixtures).Finish();
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(sentence, ran.Errors, StringComparison.Ordinal);
        Assert.InRange(ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 2);
    }
}
