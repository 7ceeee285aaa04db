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

    /// <summary>
    /// Groups a turn: while one waits for its products, the others multiply. Six, with the multipliers and the keys,
    /// are what the 32 registers hold that come with vectors of 512 bits; three keep the multipliers of 16 registers
    /// busy, though some of them wait in memory.
    /// </summary>
    internal static int GroupsAtOnce(int vectorBytes) => vectorBytes switch { 64 => 6, 32 => 3, _ => 2 };

    /// <summary>
    /// Writes the words of <paramref name="count"/> turns of <see cref="GroupsAtOnce"/> groups. A group, the blocks
    /// that fill a vector, takes two vectors of 64-bit lanes: for float32 the words 0 and 2 of each block and then
    /// the words 1 and 3, for float64 the words 0 and 1 and then the words 2 and 3.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Write<TLanes, TBits, TReal, T>(
        in PhiloxSchedule schedule, uint block, int count, ref byte destination)
        where TLanes : struct, IVectors<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        bool six = GroupsAtOnce(TLanes.Bytes) == 6;
        bool three = GroupsAtOnce(TLanes.Bytes) >= 3;
        TBits m0 = TLanes.All(Multiplier0);
        TBits m1 = TLanes.All(Multiplier1);
        TBits index = TLanes.Add(TLanes.All(block), TLanes.BlockOffsets);
        ref ulong keys = ref Unsafe.AsRef(in schedule.Keys);
        nuint at = 0;
        for (int turn = 0; turn < count; turn++)
        {
            Begin<TLanes, TBits, TReal>(schedule, ref index, m0, m1, out TBits a0, out TBits a1, out TBits a2, out TBits a3);
            Begin<TLanes, TBits, TReal>(schedule, ref index, m0, m1, out TBits b0, out TBits b1, out TBits b2, out TBits b3);
            TBits c0 = default, c1 = default, c2 = default, c3 = default;
            TBits d0 = default, d1 = default, d2 = default, d3 = default;
            TBits e0 = default, e1 = default, e2 = default, e3 = default;
            TBits f0 = default, f1 = default, f2 = default, f3 = default;
            if (three)
            {
                Begin<TLanes, TBits, TReal>(schedule, ref index, m0, m1, out c0, out c1, out c2, out c3);
            }

            if (six)
            {
                Begin<TLanes, TBits, TReal>(schedule, ref index, m0, m1, out d0, out d1, out d2, out d3);
                Begin<TLanes, TBits, TReal>(schedule, ref index, m0, m1, out e0, out e1, out e2, out e3);
                Begin<TLanes, TBits, TReal>(schedule, ref index, m0, m1, out f0, out f1, out f2, out f3);
            }

            // Two rounds a pass: fewer moves between registers than one, and still little code.
            for (nint key = 0; key < 2 * PhiloxSchedule.LoopedRounds; key += 4)
            {
                TBits k0 = TLanes.All((long)Unsafe.Add(ref keys, key));
                TBits k1 = TLanes.All((long)Unsafe.Add(ref keys, key + 1));
                Round<TLanes, TBits, TReal>(ref a0, ref a1, ref a2, ref a3, m0, m1, k0, k1);
                Round<TLanes, TBits, TReal>(ref b0, ref b1, ref b2, ref b3, m0, m1, k0, k1);
                if (three)
                {
                    Round<TLanes, TBits, TReal>(ref c0, ref c1, ref c2, ref c3, m0, m1, k0, k1);
                }

                if (six)
                {
                    Round<TLanes, TBits, TReal>(ref d0, ref d1, ref d2, ref d3, m0, m1, k0, k1);
                    Round<TLanes, TBits, TReal>(ref e0, ref e1, ref e2, ref e3, m0, m1, k0, k1);
                    Round<TLanes, TBits, TReal>(ref f0, ref f1, ref f2, ref f3, m0, m1, k0, k1);
                }

                k0 = TLanes.All((long)Unsafe.Add(ref keys, key + 2));
                k1 = TLanes.All((long)Unsafe.Add(ref keys, key + 3));
                Round<TLanes, TBits, TReal>(ref a0, ref a1, ref a2, ref a3, m0, m1, k0, k1);
                Round<TLanes, TBits, TReal>(ref b0, ref b1, ref b2, ref b3, m0, m1, k0, k1);
                if (three)
                {
                    Round<TLanes, TBits, TReal>(ref c0, ref c1, ref c2, ref c3, m0, m1, k0, k1);
                }

                if (six)
                {
                    Round<TLanes, TBits, TReal>(ref d0, ref d1, ref d2, ref d3, m0, m1, k0, k1);
                    Round<TLanes, TBits, TReal>(ref e0, ref e1, ref e2, ref e3, m0, m1, k0, k1);
                    Round<TLanes, TBits, TReal>(ref f0, ref f1, ref f2, ref f3, m0, m1, k0, k1);
                }
            }

            End<TLanes, TBits, TReal, T>(a0, a1, a2, a3, ref destination, ref at);
            End<TLanes, TBits, TReal, T>(b0, b1, b2, b3, ref destination, ref at);
            if (three)
            {
                End<TLanes, TBits, TReal, T>(c0, c1, c2, c3, ref destination, ref at);
            }

            if (six)
            {
                End<TLanes, TBits, TReal, T>(d0, d1, d2, d3, ref destination, ref at);
                End<TLanes, TBits, TReal, T>(e0, e1, e2, e3, ref destination, ref at);
                End<TLanes, TBits, TReal, T>(f0, f1, f2, f3, ref destination, ref at);
            }
        }
    }

    /// <summary>The first two rounds of a group, in which much is the same for all blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin<TLanes, TBits, TReal>(
        in PhiloxSchedule schedule,
        ref TBits index,
        TBits m0,
        TBits m1,
        out TBits c0,
        out TBits c1,
        out TBits c2,
        out TBits c3)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        TBits product = TLanes.MultiplyHalves(index, m0);
        c1 = TLanes.MultiplyHalves(TLanes.Xor(TLanes.ShiftRight(product, 32), TLanes.All((long)schedule.AfterFirst)), m1);
        c0 = TLanes.Xor(TLanes.ShiftRight(c1, 32), TLanes.All((long)schedule.SecondEven));
        c2 = TLanes.Xor(product, TLanes.All((long)schedule.SecondOdd));
        c3 = TLanes.All((long)schedule.Constant);
        index = TLanes.Add(index, TLanes.All(TLanes.Bytes / sizeof(long)));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TLanes, TBits, TReal, T>(
        TBits c0, TBits c1, TBits c2, TBits c3, ref byte destination, ref nuint at)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        nuint size = (nuint)TLanes.Bytes;
        bool single = typeof(T) == typeof(float);
        TLanes.Store(TLanes.JoinHalves(c0, single ? c2 : c1), ref destination, at);
        TLanes.Store(TLanes.JoinHalves(single ? c1 : c2, c3), ref destination, at + size);
        at += 2 * size;
    }
}
