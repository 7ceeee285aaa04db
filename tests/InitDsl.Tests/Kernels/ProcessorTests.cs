using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitDsl.Tests;

/// <summary>Run in the child processes of <see cref="SwitchTests"/>: what the process was told of its processor.</summary>
public class ProcessorTests
{
    internal const string Expected = "INITDSL_TESTS_PROCESSOR";

    [Fact]
    public void The_processor_is_as_the_parent_process_expects() =>
        Assert.Equal(Environment.GetEnvironmentVariable(Expected) ?? Describe(Widest()), Describe(Widest()));

    /// <summary>Bits in the widest vector that the fills use here.</summary>
    internal static int Widest() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>As <see cref="Describe(int)"/> of a process under a switch must say.</summary>
    internal static string Under(int widthAtMost, bool sse42, bool avx, bool avx2) => Text(
        Math.Min(Widest(), widthAtMost), sse42 && Sse42.IsSupported, avx && Avx.IsSupported, avx2 && Avx2.IsSupported);

    private static string Describe(int width) => Text(width, Sse42.IsSupported, Avx.IsSupported, Avx2.IsSupported);

    private static string Text(int width, bool sse42, bool avx, bool avx2) =>
        $"{width} bits, SSE4.2 {sse42}, AVX {avx}, AVX2 {avx2}";
}
