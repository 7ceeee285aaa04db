using System.Diagnostics;
using System.Text;

namespace InitDsl.Tests.Running;

/// <summary>What a process said before it ended.</summary>
internal sealed record Ran(int ExitCode, string Output, string Errors)
{
    /// <summary>For the message of a failed assertion: everything there is to know.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}

/// <summary>Runs programs as a person at a terminal would, and waits for their end.</summary>
internal static class ChildProcess
{
    private static readonly string DotNet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The tool of the build output.</summary>
    internal static Task<Ran> InitDsl(params string[] args) => Start([Repository.Tool, .. args]).Finish();

    /// <summary><c>initdsl run</c> on a fixture.</summary>
    internal static Task<Ran> RunFixture(string name, params string[] args) => InitDsl(["run", Repository.Fixture(name), .. args]);

    /// <summary><c>dotnet</c> with these arguments.</summary>
    internal static Process Start(
        IEnumerable<string> args,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(DotNet, args)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // What the machine that runs the tests has set must not change what they see.
        start.Environment.Remove("NO_COLOR");
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Reads to the end. A process that does not come to one is killed and fails the test.</summary>
    internal static async Task<Ran> Finish(this Process process, TimeSpan? limit = null)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(3));
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"It did not end in time.\n--- output\n{await output}\n--- errors\n{await errors}");
            }

            return new(process.ExitCode, await output, await errors);
        }
    }
}
