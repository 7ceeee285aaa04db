using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Xunit.v3;

namespace InitDsl.Mutation;

/// <summary>Writes a line for every test: its class and method, its milliseconds, and the mutants that it came past.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RecorderAttribute : BeforeAfterTestAttribute
{
    private static readonly string File = Environment.GetEnvironmentVariable("MUTANTS_RECORD")!;

    private long _started;

    /// <inheritdoc />
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        _ = Switch.Take();
        _started = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc />
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        double ms = Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
        System.IO.File.AppendAllText(File, string.Create(CultureInfo.InvariantCulture,
            $"{test.TestCase.TestClassName}.{test.TestCase.TestMethodName}\t{ms:F0}\t{string.Join(' ', Switch.Take())}\n"));
    }
}
