using Microsoft.FSharp.Core;

namespace InitDsl.Tests;

internal static class Option
{
    internal static FSharpOption<T>? Of<T>(T? value)
        where T : struct => value is { } given ? new(given) : null;
}
