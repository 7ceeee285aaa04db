using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Uniform values from <c>low</c> to <c>high</c>.
/// <list type="bullet">
/// <item>float32: element i takes one word, of which the top 24 bits make u = k·2⁻²⁴, k = 0 … 2²⁴ − 1.</item>
/// <item>float64: element i takes words 2i and 2i + 1 (the later is the upper half), of which the top 53 bits
/// make u = k·2⁻⁵³.</item>
/// </list>
/// The value is low + u·(high − low), in the arithmetic of the element type: a subtraction in float64, rounded
/// to the element type, then a multiplication and an addition. <c>low</c> is reached, with u = 0. <c>high</c>
/// itself corresponds to u = 1, which does not occur, yet rounding may reach it (from 1 to 2 it does, from 0 to 1
/// and from −1 to 1 it does not); a value that rounding would carry beyond <c>high</c> becomes <c>high</c>.
/// For float32 the bounds meant are those after rounding to float32.
/// </summary>
/// <remarks>The bounds must be finite, ordered, and so near that high − low is finite in the element type:
/// whoever resolves a law checks that first and can say which parameter is at fault.</remarks>
internal static class UniformDraws
{
    private const float Unit24 = 1f / (1 << 24);
    private const double Unit53 = 1.0 / (1L << 53);

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative, or the bounds are not
    /// finite, not ordered, or too far apart.</exception>
    public static void Fill(StreamKey key, long start, Span<float> destination, double low, double high) =>
        Fill(key, start, destination, new Singles(low, high));

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative, or the bounds are not
    /// finite, not ordered, or too far apart.</exception>
    public static void Fill(StreamKey key, long start, Span<double> destination, double low, double high) =>
        Fill(key, start, destination, new Doubles(low, high));

    private static void Fill(StreamKey key, long start, Span<float> destination, Singles law) =>
        VectorFill.Fill<int, float, Singles, UniformSingles>(key, start, destination, law, new(law));

    private static void Fill(StreamKey key, long start, Span<double> destination, Doubles law) =>
        VectorFill.Fill<long, double, Doubles, UniformDoubles>(key, start, destination, law, new(law));

    /// <summary>What turns a word into a float32, with the constants a kernel needs.</summary>
    internal readonly struct Singles : IBlockLaw<float>
    {
        public Singles(double low, double high)
        {
            Low = (float)low;
            High = (float)high;
            Range = (float)(high - low);
            Require(Low <= High && float.IsFinite(Range) && float.IsFinite(Low) && float.IsFinite(High), low, high);
        }

        public static int ElementsPerBlock => 4;

        public float Low { get; }

        public float High { get; }

        public float Range { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Value(uint word)
        {
            float u = (float)(int)(word >> 8) * Unit24;
            float value = Low + (u * Range);
            return value > High ? High : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<float> destination)
        {
            destination[3] = Value(words.W3);
            destination[0] = Value(words.W0);
            destination[1] = Value(words.W1);
            destination[2] = Value(words.W2);
        }
    }

    /// <summary>What turns two words into a float64, with the constants a kernel needs.</summary>
    internal readonly struct Doubles : IBlockLaw<double>
    {
        public Doubles(double low, double high)
        {
            Low = low;
            High = high;
            Range = high - low;
            Require(Low <= High && double.IsFinite(Range), low, high);
        }

        public static int ElementsPerBlock => 2;

        public double Low { get; }

        public double High { get; }

        public double Range { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Value(ulong words)
        {
            double u = (double)(long)(words >> 11) * Unit53;
            double value = Low + (u * Range);
            return value > High ? High : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(WordBlock words, Span<double> destination)
        {
            destination[1] = Value(words.High64);
            destination[0] = Value(words.Low64);
        }
    }

    private static void Require(bool possible, double low, double high)
    {
        if (!possible)
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), $"There is no uniform law from {low:R} to {high:R}: the bounds must be finite, ordered and a finite distance apart.");
        }
    }
}
