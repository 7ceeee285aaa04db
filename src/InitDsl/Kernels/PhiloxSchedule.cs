using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// What <see cref="Philox4x32"/> needs beside the lower half of a block's index, for blocks whose indices agree in the
/// upper half: the key of each round, and what is the same for all of them in the first two rounds, since two words
/// of the counter are zero and one is that upper half.
/// </summary>
internal readonly struct PhiloxSchedule
{
    internal const int LoopedRounds = 8;

    private const uint Multiplier0 = 0xD2511F53;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private readonly RoundKeys keys;

    internal PhiloxSchedule(ulong key, uint upperIndex)
    {
        unchecked
        {
            uint k0 = (uint)key;
            uint k1 = (uint)(key >> 32);
            AfterFirst = k1;
            ulong product = (ulong)Multiplier0 * (upperIndex ^ k0);
            k0 += Weyl0;
            k1 += Weyl1;
            SecondEven = k0;
            SecondOdd = (product >> 32) ^ k1;
            Constant = (uint)product;
            for (int round = 0; round < LoopedRounds; round++)
            {
                k0 += Weyl0;
                k1 += Weyl1;
                keys[2 * round] = k0;
                keys[(2 * round) + 1] = k1;
            }
        }
    }

    /// <summary>The key of word 2 in round 0.</summary>
    internal ulong AfterFirst { get; }

    /// <summary>The key of word 0 in round 1.</summary>
    internal ulong SecondEven { get; }

    /// <summary>All of what word 2 is combined with in round 1.</summary>
    internal ulong SecondOdd { get; }

    /// <summary>Word 3 after round 1.</summary>
    internal ulong Constant { get; }

    /// <summary>The two keys of each later round in turn.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    internal ref readonly ulong Keys => ref keys[0];

    [InlineArray(2 * LoopedRounds)]
    private struct RoundKeys
    {
        private ulong first;
    }
}
