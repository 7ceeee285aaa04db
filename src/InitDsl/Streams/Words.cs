using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>The raw words of a stream: word i is word i mod 4 of Philox block i div 4.</summary>
internal static class Words
{
    /// <summary>Fewer words than this are made one block after another: less than one turn of the widest vectors.</summary>
    private const int WorthVectors = 96;

    /// <summary>Writes words <paramref name="startWord"/>, <paramref name="startWord"/> + 1, …</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="startWord"/> is negative.</exception>
    public static void Fill(StreamKey key, long startWord, Span<uint> destination)
    {
        // As floats they come from the kernels, which move them and compute nothing with them.
        Span<float> bits = MemoryMarshal.Cast<uint, float>(destination);
        if (bits.Length < WorthVectors)
        {
            BlockFill.Fill(key, startWord, bits, default(Raw));
        }
        else
        {
            VectorFill.Fill<int, float, Raw, RawWords>(key, startWord, bits, default, default);
        }
    }

    internal readonly struct Raw : IBlockLaw<float>
    {
        public static int ElementsPerBlock => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<float> destination)
        {
            Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
            bits[3] = words.W3;
            bits[0] = words.W0;
            bits[1] = words.W1;
            bits[2] = words.W2;
        }
    }
}
