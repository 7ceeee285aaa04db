using InitDsl.Tests.Running;

namespace InitDsl.Tests;

/// <summary>What scripts can do.</summary>
public class RunTests
{
    [Fact]
    public async Task A_script_runs() => await Prints("hello.csx", "hello");

    [Fact]
    public async Task The_words_of_the_library_and_of_TorchSharp_are_there_without_ambiguity() =>
        await Prints("words.csx", "7 rules, 9 initializers, 2 parameters");

    [Fact]
    public async Task The_script_and_the_host_share_their_types() => await Prints("fill.csx", "2 3.5");

    [Fact]
    public async Task Files_are_found_from_the_current_folder_and_the_script_knows_its_own() =>
        await Prints("reads.csx", "1;2;3\nFalse");

    [Fact]
    public async Task Load_is_relative_to_the_file_that_loads() => await Prints("loads.csx", "outer inner");

    [Fact]
    public async Task Packages_that_the_tool_brings_along_may_be_named() => await Prints("packages.csx", "Kaiming");

    [Theory]
    [InlineData("a|b c|@d", "a", "b c", "@d")]
    [InlineData("--layers|2|--help|--verbose|-x", "--layers", "2", "--help", "--verbose", "-x")]
    [InlineData("--help|x", "--", "--help", "x")]
    [InlineData("a|--|b", "a", "--", "b")]
    [InlineData("")]
    public async Task What_follows_the_script_is_its_own(string expected, params string[] args) =>
        await Prints("args.csx", expected, args);

    [Fact]
    public async Task Options_of_the_tool_come_before_the_script()
    {
        Ran ran = await ChildProcess.InitDsl("run", "--verbose", Repository.Fixture("args.csx"), "--verbose");
        Assert.True(ran.Output.Trim() == "--verbose" && ran.ExitCode == 0, ran.ToString());
    }

    [Theory]
    [InlineData("returns.csx", 3, "3")]
    [InlineData("returns.csx", 0, "0")]
    [InlineData("expression.csx", 4)]
    [InlineData("empty.csx", 0)]
    public async Task An_int_result_is_the_exit_code(string script, int expected, params string[] args)
    {
        Ran ran = await ChildProcess.RunFixture(script, args);
        Assert.True(ran.ExitCode == expected && ran.Output == "" && ran.Errors == "", ran.ToString());
    }

    [Fact]
    public async Task Any_other_result_is_printed() => await Prints("value.csx", "a value1");

    [Fact]
    public async Task Warnings_are_shown_on_request()
    {
        await Prints("warns.csx", "ran");
        Ran ran = await ChildProcess.InitDsl("run", "--verbose", Repository.Fixture("warns.csx"));
        Assert.Contains("warns.csx(1,21): warning CS0168", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8632", ran.Errors, StringComparison.Ordinal);
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task Output_is_UTF_8_whatever_the_locale()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("greek.csx", "Console.WriteLine(\"σ = √2 ∞\");");
        Ran ran = await ChildProcess
            .Start([Repository.Tool, "run", script], environment: new Dictionary<string, string> { ["LC_ALL"] = "C", ["LANG"] = "C" })
            .Finish();
        Assert.Equal("σ = √2 ∞", ran.Output.Trim());
    }

    private static async Task Prints(string script, string expected, params string[] args)
    {
        Ran ran = await ChildProcess.RunFixture(script, args);
        Assert.True(
            ran.ExitCode == 0 && ran.Errors == "" && ran.Output.ReplaceLineEndings("\n").TrimEnd('\n') == expected,
            ran.ToString());
    }
}
