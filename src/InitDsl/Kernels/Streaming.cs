using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// Stores that go past the caches, straight to memory: an ordinary one first reads the line that it is about to
/// overwrite. For what is too large to be found in a cache later on. Weakly ordered: a <see cref="Fence"/> comes before
/// anything that tells another thread of them.
/// </summary>
internal static class Streaming
{
    private const int Line = 64;

    /// <summary>Writes an element again and again.</summary>
    /// <param name="element">Its size divides 64.</param>
    /// <param name="destination">Whole elements.</param>
    /// <param name="pastCaches">Whether to store past the caches.</param>
    internal static unsafe void Repeat(ReadOnlySpan<byte> element, Span<byte> destination, bool pastCaches)
    {
        Span<byte> pattern = stackalloc byte[2 * Line];
        for (int i = 0; i < pattern.Length; i += element.Length)
        {
            element.CopyTo(pattern[i..]);
        }

        int head = Math.Min(Unaligned(destination), destination.Length);
        pattern[..head].CopyTo(destination);
        Vector512<byte> line = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(pattern), (nuint)head);
        int at = head;
        fixed (byte* to = destination)
        {
            for (; pastCaches && at <= destination.Length - Line; at += Line)
            {
                line.StoreAlignedNonTemporal(to + at);
            }

            for (; at <= destination.Length - Line; at += Line)
            {
                line.StoreAligned(to + at);
            }
        }

        pattern.Slice(head % Line, destination.Length - at).CopyTo(destination[at..]);
    }

    /// <summary>Everything streamed before is in memory.</summary>
    internal static void Fence() => Interlocked.MemoryBarrier();

    /// <summary>Bytes before the first whole line.</summary>
    private static unsafe int Unaligned(Span<byte> destination)
    {
        fixed (byte* first = destination)
        {
            return (int)(-(nint)first & (Line - 1));
        }
    }
}
