using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

namespace InitDsl.Mutation;

/// <summary>Records every test of xunit's own kinds; one after the other, since they share the switch.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RecorderAttribute : BeforeAfterTestAttribute
{
    private long _started;

    /// <inheritdoc />
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        _ = Switch.Take();
        _started = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc />
    public override void After(MethodInfo methodUnderTest, IXunitTest test) =>
        TestRecord.Append($"{test.TestCase.TestClassName}.{test.TestCase.TestMethodName}", _started);
}
