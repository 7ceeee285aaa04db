using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// <see cref="Philox4x32"/> on vectors. Each of the four words has a vector of 64-bit lanes, one block a lane, in
/// which only the lower half counts: the multiplication looks at no more, so a round is two multiplications, two
/// shifts and the exclusive ors. Lanes 2j hold the blocks of the lower half of a group and lanes 2j + 1 those of the
/// upper half (0, 4, 1, 5, 2, 6, 3, 7), because then interleaving within 16 bytes puts elements in order.
/// </summary>
internal static class PhiloxLanes
{
    private const long Multiplier0 = 0xD2511F53;
    private const long Multiplier1 = 0xCD9E8D57;

    /// <summary>Groups a turn: while one waits for its products, another multiplies.</summary>
    internal const int GroupsAtOnce = 2;

    /// <summary>
    /// Writes the words of <paramref name="count"/> turns of <see cref="GroupsAtOnce"/> groups. A group, the blocks
    /// that fill a vector, takes two vectors of 64-bit lanes: for float32 the words 0 and 2 of each block and then
    /// the words 1 and 3, for float64 the words 0 and 1 and then the words 2 and 3.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Write<TLanes, TBits, TReal, T>(
        in PhiloxSchedule schedule, uint block, int count, ref byte destination)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        nuint size = (nuint)TLanes.Bytes;
        TBits m0 = TLanes.All(Multiplier0);
        TBits m1 = TLanes.All(Multiplier1);
        TBits lowerHalf = TLanes.All(uint.MaxValue);
        TBits next = TLanes.All(TLanes.Bytes / sizeof(long));
        TBits index = TLanes.Add(TLanes.All(block), TLanes.BlockOffsets);
        ref ulong keys = ref Unsafe.AsRef(in schedule.Keys);
        nuint at = 0;
        for (int turn = 0; turn < count; turn++)
        {
            TBits product = TLanes.MultiplyHalves(index, m0);
            TBits a2 = TLanes.Xor(TLanes.ShiftRight(product, 32), TLanes.All((long)schedule.AfterFirst));
            TBits a1 = TLanes.MultiplyHalves(a2, m1);
            TBits a0 = TLanes.Xor(TLanes.ShiftRight(a1, 32), TLanes.All((long)schedule.SecondEven));
            a2 = TLanes.Xor(product, TLanes.All((long)schedule.SecondOdd));
            TBits a3 = TLanes.All((long)schedule.Constant);
            index = TLanes.Add(index, next);

            product = TLanes.MultiplyHalves(index, m0);
            TBits b2 = TLanes.Xor(TLanes.ShiftRight(product, 32), TLanes.All((long)schedule.AfterFirst));
            TBits b1 = TLanes.MultiplyHalves(b2, m1);
            TBits b0 = TLanes.Xor(TLanes.ShiftRight(b1, 32), TLanes.All((long)schedule.SecondEven));
            b2 = TLanes.Xor(product, TLanes.All((long)schedule.SecondOdd));
            TBits b3 = a3;
            index = TLanes.Add(index, next);

            // Two rounds a pass: fewer moves between registers than one, and still little code.
            for (int round = 0; round < PhiloxSchedule.LoopedRounds; round += 2)
            {
                ref ulong k = ref Unsafe.Add(ref keys, 2 * (nint)round);
                TBits k0 = TLanes.All((long)k);
                TBits k1 = TLanes.All((long)Unsafe.Add(ref k, 1));
                Round<TLanes, TBits, TReal>(ref a0, ref a1, ref a2, ref a3, m0, m1, k0, k1);
                Round<TLanes, TBits, TReal>(ref b0, ref b1, ref b2, ref b3, m0, m1, k0, k1);
                k0 = TLanes.All((long)Unsafe.Add(ref k, 2));
                k1 = TLanes.All((long)Unsafe.Add(ref k, 3));
                Round<TLanes, TBits, TReal>(ref a0, ref a1, ref a2, ref a3, m0, m1, k0, k1);
                Round<TLanes, TBits, TReal>(ref b0, ref b1, ref b2, ref b3, m0, m1, k0, k1);
            }

            if (typeof(T) == typeof(float))
            {
                (a1, a2) = (a2, a1);
                (b1, b2) = (b2, b1);
            }

            TLanes.Store(Join<TLanes, TBits, TReal>(a0, a1, lowerHalf), ref destination, at);
            TLanes.Store(Join<TLanes, TBits, TReal>(a2, a3, lowerHalf), ref destination, at + size);
            TLanes.Store(Join<TLanes, TBits, TReal>(b0, b1, lowerHalf), ref destination, at + (2 * size));
            TLanes.Store(Join<TLanes, TBits, TReal>(b2, b3, lowerHalf), ref destination, at + (3 * size));
            at += 4 * size;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<TLanes, TBits, TReal>(
        ref TBits c0, ref TBits c1, ref TBits c2, ref TBits c3, TBits m0, TBits m1, TBits k0, TBits k1)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        TBits product0 = TLanes.MultiplyHalves(c0, m0);
        TBits product1 = TLanes.MultiplyHalves(c2, m1);
        c0 = TLanes.Xor(TLanes.ShiftRight(product1, 32), c1, k0);
        c1 = product1;
        c2 = TLanes.Xor(TLanes.ShiftRight(product0, 32), c3, k1);
        c3 = product0;
    }

    // The lower half of a lane, and another's lower half above it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBits Join<TLanes, TBits, TReal>(TBits lower, TBits upper, TBits lowerHalf)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct =>
        TLanes.AsBits(TLanes.Select(
            TLanes.AsReal(lowerHalf), TLanes.AsReal(lower), TLanes.AsReal(TLanes.ShiftLeft(upper, 32))));
}
