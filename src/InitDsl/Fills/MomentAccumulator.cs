using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// Moments of values that come in parts: sound whatever the mean. Values are summed a block a time, as differences
/// from the block's first value, so that one pass is enough; blocks are joined in float64 as Chan, Golub and LeVeque
/// (1979) do. In float64 cancellation costs no more than a factor of the block's length in rounding errors, below
/// 1e-12: whatever the first value is, its own difference is among the squares.
/// </summary>
/// <remarks>
/// Blocks of float32 are summed in float32, each of 32 lanes its 64 values: a block's mean is then within 2e-5 of its
/// spread and its variance within 2e-4 of itself at the very worst, and as errors fall either way, the moments of a
/// whole parameter are in practice within 1e-6 of its spread. A block that would do worse is summed again in float64. The
/// lanes are the same at every vector width, and so are the bits.
/// </remarks>
internal sealed class MomentAccumulator
{
    private const int Block = 2048;

    /// <summary>Below this, squares of float32 differences lie where it has few digits.</summary>
    private const double SmallestSquares = 1e-30;

    /// <summary>How much of the squares may be the origin's distance from the mean.</summary>
    private const double WorstCancellation = 16;

    private long count;
    private double mean;
    private double squares;
    private double min = double.PositiveInfinity;
    private double max = double.NegativeInfinity;

    internal Moments Moments => count == 0
        ? new(0, double.NaN, double.NaN, double.NaN, double.NaN)
        : new(count, mean, Math.Sqrt(squares / count), min, max);

    internal void Add(ReadOnlySpan<double> values)
    {
        for (; !values.IsEmpty; values = values[Math.Min(Block, values.Length)..])
        {
            AddBlock(values[..Math.Min(Block, values.Length)]);
        }
    }

    internal void Add(ReadOnlySpan<float> values)
    {
        for (; !values.IsEmpty; values = values[Math.Min(Block, values.Length)..])
        {
            AddBlock(values[..Math.Min(Block, values.Length)]);
        }
    }

    /// <summary>Adds what another has seen.</summary>
    internal void Add(MomentAccumulator other) => Join(other.count, other.mean, other.squares, other.min, other.max);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock(ReadOnlySpan<float> values)
    {
        int pairs = values.Length / (2 * Vector512<float>.Count);
        if (pairs == 0)
        {
            AddSlowly(values);
            return;
        }

        ref float first = ref MemoryMarshal.GetReference(values);
        Vector512<float> origin = Vector512.Create(first);
        Vector512<float> sum = Vector512<float>.Zero;
        Vector512<float> sum2 = Vector512<float>.Zero;
        Vector512<float> square = Vector512<float>.Zero;
        Vector512<float> square2 = Vector512<float>.Zero;
        Vector512<float> low = origin;
        Vector512<float> high = origin;
        nuint used = (nuint)(2 * Vector512<float>.Count * pairs);
        for (nuint at = 0; at < used; at += 2 * (nuint)Vector512<float>.Count)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref first, at);
            Vector512<float> b = Vector512.LoadUnsafe(ref first, at + (nuint)Vector512<float>.Count);
            low = Vector512.MinNative(low, Vector512.MinNative(a, b));
            high = Vector512.MaxNative(high, Vector512.MaxNative(a, b));
            a -= origin;
            b -= origin;
            sum += a;
            sum2 += b;
            square += a * a;
            square2 += b * b;
        }

        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(square);
        (Vector512<double> lower2, Vector512<double> upper2) = Vector512.Widen(square2);
        double squaresFound = Total((lower + upper) + (lower2 + upper2));
        (lower, upper) = Vector512.Widen(sum);
        (lower2, upper2) = Vector512.Widen(sum2);
        double sumFound = Total((lower + upper) + (lower2 + upper2));
        (float smallest, float largest) = (Least(low), Greatest(high));

        // Not finite: a NaN or an infinity is among them, which the comparisons above do not see, or a square is too
        // large. Too small a square has lost its digits, and so has a spread that is small beside the origin's distance.
        bool spread = smallest < largest;
        if (!double.IsFinite(squaresFound)
            || (spread && (squaresFound < SmallestSquares
                || squaresFound - (sumFound * sumFound / used) < squaresFound / WorstCancellation)))
        {
            AddSlowly(values);
            return;
        }

        JoinShifted((long)used, first, sumFound, squaresFound, smallest, largest);
        AddSlowly(values[(int)used..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock(ReadOnlySpan<double> values)
    {
        int pairs = values.Length / (2 * Vector512<double>.Count);
        if (pairs == 0)
        {
            AddSlowly(values);
            return;
        }

        ref double first = ref MemoryMarshal.GetReference(values);
        Vector512<double> origin = Vector512.Create(first);
        Vector512<double> sum = Vector512<double>.Zero;
        Vector512<double> sum2 = Vector512<double>.Zero;
        Vector512<double> square = Vector512<double>.Zero;
        Vector512<double> square2 = Vector512<double>.Zero;
        Vector512<double> low = origin;
        Vector512<double> high = origin;
        nuint used = (nuint)(2 * Vector512<double>.Count * pairs);
        for (nuint at = 0; at < used; at += 2 * (nuint)Vector512<double>.Count)
        {
            Vector512<double> a = Vector512.LoadUnsafe(ref first, at);
            Vector512<double> b = Vector512.LoadUnsafe(ref first, at + (nuint)Vector512<double>.Count);
            low = Vector512.MinNative(low, Vector512.MinNative(a, b));
            high = Vector512.MaxNative(high, Vector512.MaxNative(a, b));
            a -= origin;
            b -= origin;
            sum += a;
            sum2 += b;
            square += a * a;
            square2 += b * b;
        }

        double squaresFound = Total(square + square2);
        if (!double.IsFinite(squaresFound))
        {
            AddSlowly(values);
            return;
        }

        JoinShifted((long)used, first, Total(sum + sum2), squaresFound, Least(low), Greatest(high));
        AddSlowly(values[(int)used..]);
    }

    // In one order, whatever the processor's width.
    private static double Total(Vector512<double> lanes)
    {
        Vector256<double> half = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1];
    }

    private static T Least<T>(Vector512<T> lanes)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = Vector256.MinNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<T> quarter = Vector128.MinNative(half.GetLower(), half.GetUpper());
        T least = quarter[0];
        for (int lane = 1; lane < Vector128<T>.Count; lane++)
        {
            least = T.Min(least, quarter[lane]);
        }

        return least;
    }

    private static T Greatest<T>(Vector512<T> lanes)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<T> quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        T greatest = quarter[0];
        for (int lane = 1; lane < Vector128<T>.Count; lane++)
        {
            greatest = T.Max(greatest, quarter[lane]);
        }

        return greatest;
    }

    private void AddSlowly(ReadOnlySpan<float> values)
    {
        Span<double> buffer = stackalloc double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            buffer[i] = values[i];
        }

        AddSlowly(buffer);
    }

    private void AddSlowly(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        double sum = 0;
        double smallest = double.PositiveInfinity;
        double largest = double.NegativeInfinity;
        foreach (double value in values)
        {
            sum += value;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }

        double partMean = sum / values.Length;
        double partSquares = 0;
        foreach (double value in values)
        {
            partSquares += (value - partMean) * (value - partMean);
        }

        Join(values.Length, partMean, partSquares, smallest, largest);
    }

    private void JoinShifted(long length, double origin, double sum, double squaresFound, double smallest, double largest) =>
        Join(length, origin + (sum / length), Math.Max(0, squaresFound - (sum * sum / length)), smallest, largest);

    private void Join(long length, double partMean, double partSquares, double smallest, double largest)
    {
        if (length == 0)
        {
            return;
        }

        long total = count + length;
        double difference = partMean - mean;
        squares += partSquares + (difference * difference * ((double)count * length / total));
        mean += difference * length / total;
        min = Math.Min(min, smallest);
        max = Math.Max(max, largest);
        count = total;
    }
}
