namespace InitDsl;

/// <summary>The seed of those who give none.</summary>
internal static class SeedFromDiffSharp
{
    private const int Bits = 26;

    /// <summary>The next numbers of DiffSharp's generator, so that <c>dsharp.seed</c> governs; 52 bits of them.</summary>
    internal static long Draw() => ((long)Part() << Bits) | (long)Part();

    private static int Part() => DiffSharp.Util.Random.Integer(0, 1 << Bits);
}
