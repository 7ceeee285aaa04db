using System.Numerics;
using System.Runtime.CompilerServices;

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
/// whole parameter are in practice within 1e-6 of its spread. A block that would do worse is summed again in float64.
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

    /// <summary>Adds values of float32 or float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        for (; !values.IsEmpty; values = values[Math.Min(Block, values.Length)..])
        {
            ReadOnlySpan<T> block = values[..Math.Min(Block, values.Length)];
            BlockSums sums = BlockSums.Of(block, block[0], block[0]);
            bool joined = TryJoin<T>(sums.Used, block[0], sums.Even.With(sums.Odd));
            AddSlowly(block, joined ? sums.Used : 0, 1);
        }
    }

    /// <summary>Adds numbers that alternate: those of even index to one, those of odd index to another.</summary>
    /// <param name="pairs">An even number of them.</param>
    /// <param name="even">The real parts, say.</param>
    /// <param name="odd">The imaginary parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddPairs<T>(ReadOnlySpan<T> pairs, MomentAccumulator even, MomentAccumulator odd)
        where T : unmanaged, INumber<T>
    {
        for (; !pairs.IsEmpty; pairs = pairs[Math.Min(Block, pairs.Length)..])
        {
            ReadOnlySpan<T> block = pairs[..Math.Min(Block, pairs.Length)];
            BlockSums sums = BlockSums.Of(block, block[0], block[1]);
            bool joined = even.TryJoin<T>(sums.Used / 2, block[0], sums.Even);
            even.AddSlowly(block, joined ? sums.Used : 0, 2);
            joined = odd.TryJoin<T>(sums.Used / 2, block[1], sums.Odd);
            odd.AddSlowly(block, (joined ? sums.Used : 0) + 1, 2);
        }
    }

    /// <summary>Adds a number that occurs so many times.</summary>
    internal void AddRepeated(double value, long times) => Join(times, value, value - value, value, value);

    /// <summary>Adds what another has seen.</summary>
    internal void Add(MomentAccumulator other) => Join(other.count, other.mean, other.squares, other.min, other.max);

    /// <summary>Adds a block's sums, unless they are not to be trusted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryJoin<T>(int length, T origin, PartSums sums)
        where T : unmanaged, INumber<T>
    {
        // Not finite: a NaN or an infinity is among them, which the comparisons do not see, or a square is too large.
        if (length == 0 || !double.IsFinite(sums.Squares))
        {
            return false;
        }

        // In float32 too small a square has lost its digits, and so has a spread that is small beside the origin's
        // distance.
        double squaresOfMean = sums.Sum * sums.Sum / length;
        if (typeof(T) == typeof(float) && sums.Min < sums.Max
            && (sums.Squares < SmallestSquares || sums.Squares - squaresOfMean < sums.Squares / WorstCancellation))
        {
            return false;
        }

        Join(
            length,
            double.CreateTruncating(origin) + (sums.Sum / length),
            Math.Max(0, sums.Squares - squaresOfMean),
            sums.Min,
            sums.Max);
        return true;
    }

    /// <summary>Adds the values of index first, first + stride, first + 2·stride, … in two passes.</summary>
    private void AddSlowly<T>(ReadOnlySpan<T> values, int first, int stride)
        where T : unmanaged, INumber<T>
    {
        Span<double> buffer = stackalloc double[(values.Length - first + stride - 1) / stride];
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = double.CreateTruncating(values[first + (i * stride)]);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Join(long length, double partMean, double partSquares, double smallest, double largest)
    {
        if (length == 0)
        {
            return;
        }

        if (count == 0)
        {
            // What follows would round the mean.
            (count, mean, squares, min, max) = (length, partMean, partSquares, smallest, largest);
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
