using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Normal values by the method of Box and Muller (1958): elements 2j and 2j + 1 are r·cos θ and r·sin θ, the radius
/// from the words of element 2j and the angle from those of element 2j + 1. Always two elements together, so an
/// element's value does not depend on where a fill starts or ends.
/// <list type="bullet">
/// <item>float32: u = (k + ½)·2⁻³¹ with k the top 31 bits of the radius word (31, so that a signed conversion will
/// do), both steps rounded to float32; the angle is all 32 bits of the other word as a fraction of a turn.
/// r = √(−2 ln u) reaches 6.66.</item>
/// <item>float64: u = (k + 1)·2⁻⁵³ with k the top 53 bits of the radius words; the angle is 53 bits too. r reaches
/// 8.57.</item>
/// </list>
/// The value is mean + std·z in the arithmetic of the element type. The smallest u sets the largest r; the largest
/// u is 1, where r is 0.
/// </summary>
internal static class NormalDraws
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    public static void Fill(StreamKey key, long start, Span<float> destination, double mean, double std) =>
        Fill(key, start, destination, new Singles(mean, std));

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    public static void Fill(StreamKey key, long start, Span<double> destination, double mean, double std) =>
        Fill(key, start, destination, new Doubles(mean, std));

    private static void Fill(StreamKey key, long start, Span<float> destination, Singles law) =>
        VectorFill.Fill<int, float, Singles, NormalSingles>(key, start, destination, law, new(law));

    private static void Fill(StreamKey key, long start, Span<double> destination, Doubles law) =>
        VectorFill.Fill<long, double, Doubles, NormalDoubles>(key, start, destination, law, new(law));

    /// <summary>The standard normal pair that the words of elements 2j and 2j + 1 make. Measured against
    /// float64: within 1.2e-6 of the exact pair, which is 2.5 ulp where |z| is above 4; within 4.5e-7 below |z| = 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Pair(uint radiusWord, uint angleWord, out float even, out float odd)
    {
        float u = (float)(int)(radiusWord >> 1) + 0.5f;
        float halfSquare = ElementarySingle.NegativeLog(u, 31);
        float r = MathF.Sqrt(halfSquare + halfSquare);
        ElementarySingle.SinCosTurn(angleWord, out float sin, out float cos);
        even = r * cos;
        odd = r * sin;
    }

    /// <summary>The same in float64, from the 64-bit values of elements 2j and 2j + 1, within 4e-16 relative to each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Pair(ulong radiusWords, ulong angleWords, out double even, out double odd)
    {
        double u = (double)((long)(radiusWords >> 11) + 1);
        double halfSquare = Elementary.NegativeLog(u, 53);
        double r = Math.Sqrt(halfSquare + halfSquare);
        Elementary.SinCosTurn((long)(angleWords >> 11), out double sin, out double cos);
        even = r * cos;
        odd = r * sin;
    }

    internal readonly struct Singles(double mean, double std) : IBlockLaw<float>
    {
        public static int ElementsPerBlock => 4;

        public float Mean { get; } = (float)mean;

        public float Std { get; } = (float)std;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<float> destination)
        {
            Pair(words.W2, words.W3, out float even, out float odd);
            destination[3] = Mean + (Std * odd);
            destination[2] = Mean + (Std * even);
            Pair(words.W0, words.W1, out even, out odd);
            destination[1] = Mean + (Std * odd);
            destination[0] = Mean + (Std * even);
        }
    }

    internal readonly struct Doubles(double mean, double std) : IBlockLaw<double>
    {
        public static int ElementsPerBlock => 2;

        public double Mean { get; } = mean;

        public double Std { get; } = std;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<double> destination)
        {
            Pair(words.Low64, words.High64, out double even, out double odd);
            destination[1] = Mean + (Std * odd);
            destination[0] = Mean + (Std * even);
        }
    }
}
