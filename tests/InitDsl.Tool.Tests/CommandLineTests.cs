using System.Diagnostics;
using System.Globalization;
using InitDsl.Tests.Running;

namespace InitDsl.Tests;

/// <summary>Help, version and signals.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    public async Task Help_has_an_example_and_the_exit_codes(params string[] args)
    {
        Ran ran = await ChildProcess.InitDsl(args);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.Contains("initdsl run", ran.Output, StringComparison.Ordinal);
        Assert.Matches("Examples?:", ran.Output);
        Assert.Contains("Exit codes:", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_the_help_runs()
    {
        string help = (await ChildProcess.InitDsl("run", "--help")).Output.ReplaceLineEndings("\n");
        string[] example = [.. help.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal))];
        Assert.InRange(example.Length, 3, 10);
        using var folder = new TemporaryFolder();
        Ran ran = await ChildProcess.InitDsl("run", folder.Write("example.csx", string.Join('\n', example)));
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_the_exit_code_says_that_nothing_was_done()
    {
        Ran ran = await ChildProcess.InitDsl();
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("Usage:", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_a_number()
    {
        Ran ran = await ChildProcess.InitDsl("--version");
        Assert.True(Version.TryParse(ran.Output.Trim(), out _) && ran.ExitCode == 0, ran.ToString());
    }

    [Fact]
    public async Task An_interrupt_ends_a_script_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Ctrl+C is a signal on Unix only.");
        Assert.SkipWhen(InterruptIsIgnored(), "These tests were started with the interrupt ignored, which children inherit.");
        Ran ran = await Interrupted("waits.csx", "waiting");
        Assert.Equal((130, "", ""), (ran.ExitCode, ran.Output, ran.Errors));
    }

    [Fact]
    public async Task An_interrupt_cancels_an_apply_and_tells_what_was_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Ctrl+C is a signal on Unix only.");
        Assert.SkipWhen(InterruptIsIgnored(), "These tests were started with the interrupt ignored, which children inherit.");
        Ran ran = await Interrupted("interrupted.csx", "now");
        Assert.Equal((130, ""), (ran.ExitCode, ran.Output));
        Assert.Equal(
            """
            error: Applying the plan was cancelled after 2 of 6 parameters. Apply it again: every value is written, the same as without the interruption.
              written (2): a.weight, a.bias
              written in part (1): b.weight
              not written (3): b.bias, c.weight, c.bias
            """,
            string.Join('\n', ran.Errors.ReplaceLineEndings("\n").Split('\n').Take(4)));
        Assert.Contains("  at ", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("interrupted.csx:23:", ran.Errors, StringComparison.Ordinal);
    }

    /// <summary>Runs a fixture, and presses Ctrl+C when it has printed this.</summary>
    private static async Task<Ran> Interrupted(string fixture, string when)
    {
        Process process = ChildProcess.Start([Repository.Tool, "run", Repository.Fixture(fixture)]);
        Assert.Equal(when, await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return await process.Finish(TimeSpan.FromSeconds(60));
    }

    private static bool InterruptIsIgnored()
    {
        if (!File.Exists("/proc/self/status"))
        {
            return false;
        }

        string ignored = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(ignored[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }
}
