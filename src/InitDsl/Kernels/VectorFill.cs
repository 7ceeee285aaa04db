using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// The loop behind every fill, on the widest vectors that the processor has. In two phases through a buffer in the
/// first-level cache, words and then values: each phase keeps all of its constants in registers, which together
/// they would not. What is left at either end is the scalar reference's.
/// </summary>
internal static class VectorFill
{
    /// <summary>Bytes of words a time.</summary>
    private const int BufferBytes = 8192;

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
            Fill<Lanes512<TInt, T>, Vector512<TInt>, Vector512<T>, TInt, T, TLaw, TKernel>(key, start, destination, law, kernel);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Fill<Lanes256<TInt, T>, Vector256<TInt>, Vector256<T>, TInt, T, TLaw, TKernel>(key, start, destination, law, kernel);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Fill<Lanes128<TInt, T>, Vector128<TInt>, Vector128<T>, TInt, T, TLaw, TKernel>(key, start, destination, law, kernel);
        }
        else
        {
            BlockFill.Fill(key, start, destination, law);
        }
    }

    /// <summary>At one width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill<TLanes, TBits, TReal, TInt, T, TLaw, TKernel>(
        StreamKey key, long start, Span<T> destination, TLaw law, TKernel kernel)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct
        where TInt : unmanaged
        where T : unmanaged
        where TLaw : struct, IBlockLaw<T>
        where TKernel : struct, IKernel<TInt, T>
    {
        // A turn of the word generator. As 2³² blocks are whole turns, the upper half of the index is one for all
        // of a turn that starts at a multiple of its length.
        int turnBlocks = PhiloxLanes.GroupsAtOnce * TLanes.Bytes / sizeof(long);
        int turnElements = turnBlocks * TLaw.ElementsPerBlock;
        int head = (int)Math.Min((turnElements - (start % turnElements)) % turnElements, destination.Length);
        if (head > 0)
        {
            BlockFill.Fill(key, start, destination[..head], law);
            start += head;
            destination = destination[head..];
        }

        if (destination.Length >= turnElements)
        {
            Span<byte> words = stackalloc byte[BufferBytes];
            ulong block = (ulong)start / (uint)TLaw.ElementsPerBlock;
            var schedule = new PhiloxSchedule(key.Value, (uint)(block >> 32));
            do
            {
                long before32BitsEnd = (long)((1UL << 32) - (uint)block) / turnBlocks;
                int turns = (int)Math.Min(
                    Math.Min(destination.Length / turnElements, BufferBytes / (turnElements * Unsafe.SizeOf<T>())),
                    before32BitsEnd);
                TLanes.WriteWords(schedule, (uint)block, turns, ref MemoryMarshal.GetReference(words));
                Transform<TLanes, TBits, TReal, TInt, T, TKernel>(
                    ref MemoryMarshal.GetReference(words),
                    ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(destination)),
                    (nuint)(turns * turnElements * Unsafe.SizeOf<T>()),
                    kernel);
                destination = destination[(turns * turnElements)..];
                start += turns * turnElements;
                block += (ulong)turns * (uint)turnBlocks;
                if ((uint)block == 0)
                {
                    schedule = new PhiloxSchedule(key.Value, (uint)(block >> 32));
                }
            }
            while (destination.Length >= turnElements);
        }

        if (!destination.IsEmpty)
        {
            BlockFill.Fill(key, start, destination, law);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Transform<TLanes, TBits, TReal, TInt, T, TKernel>(
        ref byte words, ref byte destination, nuint bytes, TKernel kernel)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct
        where TInt : unmanaged
        where T : unmanaged
        where TKernel : struct, IKernel<TInt, T>
    {
        nuint size = (nuint)TLanes.Bytes;
        for (nuint at = 0; at < bytes; at += 2 * size)
        {
            kernel.Make<TLanes, TBits, TReal>(
                TLanes.Load(ref words, at), TLanes.Load(ref words, at + size), out TReal even, out TReal odd);
            TLanes.Store(TLanes.InterleaveLower(even, odd), ref destination, at);
            TLanes.Store(TLanes.InterleaveUpper(even, odd), ref destination, at + size);
        }
    }
}
