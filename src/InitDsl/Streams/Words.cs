using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>The raw words of a stream: word i is word i mod 4 of Philox block i div 4.</summary>
internal static class Words
{
    /// <summary>Writes words <paramref name="startWord"/>, <paramref name="startWord"/> + 1, …</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="startWord"/> is negative.</exception>
    public static void Fill(StreamKey key, long startWord, Span<uint> destination) =>
        BlockFill.Fill(key, startWord, destination, default(Raw));

    private readonly struct Raw : IBlockLaw<uint>
    {
        public static int ElementsPerBlock => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<uint> destination)
        {
            destination[3] = words.W3;
            destination[0] = words.W0;
            destination[1] = words.W1;
            destination[2] = words.W2;
        }
    }
}
