using System.Diagnostics;
using System.Globalization;

namespace InitDsl.Mutation;

/// <summary>The file with a line for every test: its class and method, its milliseconds, and the mutants that it came past.</summary>
internal static class TestRecord
{
    private static readonly string File = Environment.GetEnvironmentVariable("MUTANTS_RECORD")!;

    /// <summary>Adds a test that began at a timestamp and ends now.</summary>
    public static void Append(string method, long started)
    {
        double ms = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        System.IO.File.AppendAllText(File, string.Create(CultureInfo.InvariantCulture, $"{method}\t{ms:F0}\t{string.Join(' ', Switch.Take())}\n"));
    }
}
