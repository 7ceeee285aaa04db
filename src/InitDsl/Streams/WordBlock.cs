namespace InitDsl;

/// <summary>The four 32-bit words that one run of <see cref="Philox4x32"/> yields, in the order of their indices.</summary>
internal readonly record struct WordBlock(uint W0, uint W1, uint W2, uint W3)
{
    /// <summary>Words 0 and 1 as one 64-bit value. The later word is the upper half; its top 53 bits make a float64.</summary>
    public ulong Low64 => ((ulong)W1 << 32) | W0;

    /// <summary>Words 2 and 3 as one 64-bit value, the later word as the upper half.</summary>
    public ulong High64 => ((ulong)W3 << 32) | W2;
}
