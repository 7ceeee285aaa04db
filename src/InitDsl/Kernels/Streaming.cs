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
        int lines = (destination.Length - head) & -Line;
        fixed (byte* from = pattern, to = destination)
        {
            Lines(from + head, to + head, lines, pastCaches);
        }

        pattern.Slice(head % Line, destination.Length - head - lines).CopyTo(destination[(head + lines)..]);
    }

    /// <summary>Everything streamed before is in memory.</summary>
    internal static void Fence() => Interlocked.MemoryBarrier();

    /// <summary>
    /// Writes whole lines, each the same. On the processor's own vectors: a wider one, stored in halves, does not go past
    /// the caches, and takes twice the time.
    /// </summary>
    private static unsafe void Lines(byte* line, byte* to, int bytes, bool pastCaches)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> all = Vector512.Load(line);
            for (byte* end = to + bytes; to < end; to += Line)
            {
                if (pastCaches)
                {
                    all.StoreAlignedNonTemporal(to);
                }
                else
                {
                    all.StoreAligned(to);
                }
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> first = Vector256.Load(line);
            Vector256<byte> second = Vector256.Load(line + 32);
            for (byte* end = to + bytes; to < end; to += Line)
            {
                if (pastCaches)
                {
                    first.StoreAlignedNonTemporal(to);
                    second.StoreAlignedNonTemporal(to + 32);
                }
                else
                {
                    first.StoreAligned(to);
                    second.StoreAligned(to + 32);
                }
            }
        }
        else
        {
            for (byte* end = to + bytes; to < end; to += Line)
            {
                for (int part = 0; part < Line; part += Vector128<byte>.Count)
                {
                    Vector128<byte> some = Vector128.Load(line + part);
                    if (pastCaches)
                    {
                        some.StoreAlignedNonTemporal(to + part);
                    }
                    else
                    {
                        some.StoreAligned(to + part);
                    }
                }
            }
        }
    }

    /// <summary>Bytes before the first whole line.</summary>
    private static unsafe int Unaligned(Span<byte> destination)
    {
        fixed (byte* first = destination)
        {
            return (int)(-(nint)first & (Line - 1));
        }
    }
}
