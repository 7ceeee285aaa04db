using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// The one loop behind every scalar fill. Element i belongs to block i div n, n being the elements in a block,
/// so a fill may start and end anywhere: a block that is only partly wanted is made whole and cut.
/// </summary>
internal static class BlockFill
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<T, TLaw>(StreamKey key, long start, Span<T> destination, TLaw law)
        where T : unmanaged
        where TLaw : struct, IBlockLaw<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);

        int perBlock = TLaw.ElementsPerBlock;
        ulong block = (ulong)start / (uint)perBlock;
        int skipped = (int)((ulong)start % (uint)perBlock);
        if (skipped != 0 && !destination.IsEmpty)
        {
            int wanted = Math.Min(perBlock - skipped, destination.Length);
            WritePart(key, block++, skipped, destination[..wanted], law);
            destination = destination[wanted..];
        }

        int end = destination.Length - (destination.Length % perBlock);
        for (int i = 0; i < end; i += perBlock)
        {
            law.Write(Philox4x32.Block(block++, key.Value), destination.Slice(i, perBlock));
        }

        if (end < destination.Length)
        {
            WritePart(key, block, 0, destination[end..], law);
        }
    }

    // Apart, so that the law is not inlined three times into the loop above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WritePart<T, TLaw>(StreamKey key, ulong block, int skipped, Span<T> destination, TLaw law)
        where T : unmanaged
        where TLaw : struct, IBlockLaw<T>
    {
        Span<T> whole = stackalloc T[TLaw.ElementsPerBlock];
        law.Write(Philox4x32.Block(block, key.Value), whole);
        whole.Slice(skipped, destination.Length).CopyTo(destination);
    }
}
