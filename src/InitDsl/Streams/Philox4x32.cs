using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011):
/// a bijection of 128-bit counters for every 64-bit key. It has no state, so any block can be computed alone.
/// </summary>
internal static class Philox4x32
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // The key moves by these between rounds: the golden ratio and √3 − 1, as 32-bit fractions.
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private const int Rounds = 10;

    /// <summary>Block <paramref name="index"/> of the stream <paramref name="key"/>: words 4·index to 4·index + 3.
    /// The index fills the lower two counter words; the upper two stay zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordBlock Block(ulong index, ulong key) =>
        Encrypt((uint)index, (uint)(index >> 32), 0, 0, (uint)key, (uint)(key >> 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordBlock Encrypt(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = (
                (uint)(product1 >> 32) ^ c1 ^ k0,
                (uint)product1,
                (uint)(product0 >> 32) ^ c3 ^ k1,
                (uint)product0);
            unchecked
            {
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }

        return new WordBlock(c0, c1, c2, c3);
    }
}
