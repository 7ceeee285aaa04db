using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// The loop behind every fill, on the widest vectors that the processor has: words for a buffer in the first-level
/// cache, then the passes that make values of them.
/// </summary>
internal static class VectorFill
{
    /// <summary>Bytes of words a time: whole turns at every width.</summary>
    private const int BufferBytes = 7680;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    internal static void Fill<TInt, T, TLaw, TKernel>(
        StreamKey key, long start, Span<T> destination, TLaw law, TKernel kernel)
        where TInt : unmanaged
        where T : unmanaged
        where TLaw : struct, IBlockLaw<T>
        where TKernel : struct, IKernel<TInt, T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (Vector512.IsHardwareAccelerated)
        {
            Fill<Lanes512<TInt, T>, Vector512<TInt>, Vector512<T>, TInt, T, TLaw, TKernel>(key, start, destination, kernel);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Fill<Lanes256<TInt, T>, Vector256<TInt>, Vector256<T>, TInt, T, TLaw, TKernel>(key, start, destination, kernel);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Fill<Lanes128<TInt, T>, Vector128<TInt>, Vector128<T>, TInt, T, TLaw, TKernel>(key, start, destination, kernel);
        }
        else
        {
            BlockFill.Fill(key, start, destination, law);
        }
    }

    /// <summary>At one width.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill<TLanes, TBits, TReal, TInt, T, TLaw, TKernel>(
        StreamKey key, long start, Span<T> destination, in TKernel kernel)
        where TLanes : struct, IVectors<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct
        where TInt : unmanaged
        where T : unmanaged
        where TLaw : struct, IBlockLaw<T>
        where TKernel : struct, IKernel<TInt, T>
    {
        int perBlock = TLaw.ElementsPerBlock;
        int turnBlocks = PhiloxLanes.GroupsAtOnce(TLanes.Bytes) * TLanes.Bytes / sizeof(long);
        int step = 2 * TLanes.Bytes / Unsafe.SizeOf<T>();
        Span<byte> words = stackalloc byte[BufferBytes];
        Span<byte> notes = stackalloc byte[BufferBytes];
        Span<byte> cut = stackalloc byte[2 * TLanes.Bytes];
        ulong block = (ulong)start / (uint)perBlock;
        int skipped = (int)((ulong)start % (uint)perBlock);
        var schedule = new PhiloxSchedule(key.Value, (uint)(block >> 32));
        while (!destination.IsEmpty)
        {
            // The elements from the block's first on, as far as the buffer holds their words and the blocks' indices
            // have the same upper half.
            long until32BitsEnd = (long)((1UL << 32) - (uint)block) * perBlock;
            int most = skipped == 0 ? BufferBytes / Unsafe.SizeOf<T>() : step;
            int length = (int)Math.Min(Math.Min(skipped + (long)destination.Length, most), until32BitsEnd);
            int turns = (length + (turnBlocks * perBlock) - 1) / (turnBlocks * perBlock);
            TLanes.WriteWords(schedule, (uint)block, turns, ref MemoryMarshal.GetReference(words));

            int whole = skipped == 0 ? length / step * step : 0;
            Span<byte> values = MemoryMarshal.AsBytes(destination[..whole]);
            if (whole > 0)
            {
                kernel.Fill<TLanes, TBits, TReal>(new(words, values, notes));
            }

            // What is not whole vectors is made whole and cut.
            int rest = length - whole - skipped;
            if (rest > 0)
            {
                kernel.Fill<TLanes, TBits, TReal>(new(words[values.Length..], cut, notes));
                MemoryMarshal.Cast<byte, T>(cut).Slice(skipped, rest).CopyTo(destination[whole..]);
            }

            destination = destination[(length - skipped)..];
            skipped = 0;
            uint before = (uint)(block >> 32);
            block += (ulong)(length / perBlock);
            if ((uint)(block >> 32) != before)
            {
                schedule = new PhiloxSchedule(key.Value, (uint)(block >> 32));
            }
        }
    }
}
