using System.Diagnostics;

namespace InitDsl.Tests;

/// <summary>The runtime's switches take instruction sets away, as other processors do not have them: the pinned bits
/// stay the same.</summary>
public class SwitchTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", 256, true, true, true)]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256", 256, true, true, true)]
    [InlineData("DOTNET_EnableAVX2", "0", 128, true, true, false)]
    [InlineData("DOTNET_EnableAVX", "0", 128, true, false, false)]
    [InlineData("DOTNET_EnableSSE42", "0", 128, false, false, false)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", 0, false, false, false)]
    public async Task Bits_do_not_depend_on_the_instruction_set(
        string name, string value, int widthAtMost, bool sse42, bool avx, bool avx2)
    {
        string output = await RunHere(name, value, ProcessorTests.Under(widthAtMost, sse42, avx, avx2));
        Assert.Matches("Total: [1-9][0-9]+, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0", output);
    }

    private static async Task<string> RunHere(string name, string value, string expected)
    {
        Type[] classes = [typeof(ProcessorTests), typeof(PinnedBitsTests), typeof(PinnedFillsTests), typeof(PinnedMatricesTests)];
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "exec", typeof(SwitchTests).Assembly.Location, "-noColor", "-parallelMode", "none",
                .. classes.SelectMany(type => (string[])["-class", type.FullName!]),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The protocol of the runner that started this process is not for its children.
        foreach (string own in start.Environment.Keys.Where(IsRunners).ToArray())
        {
            start.Environment.Remove(own);
        }

        start.Environment[name] = value;
        start.Environment[ProcessorTests.Expected] = expected;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{name}={value}: exit code {process.ExitCode}\n{output}\n{await errors}");
        return output;
    }

    private static bool IsRunners(string name) =>
        name.StartsWith("TESTINGPLATFORM_", StringComparison.Ordinal) || name.StartsWith("XUNIT", StringComparison.Ordinal);
}
