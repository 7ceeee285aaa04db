using System.Numerics;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>
/// Moments of values that come in parts: sound whatever the mean. Values are summed a block a time, as differences
/// from the block's first value, so that one pass is enough: whatever that value is, its own difference is among
/// the squares, and cancellation costs no more than a factor of the block's length in rounding errors, below 1e-12.
/// Blocks are joined as Chan, Golub and LeVeque (1979) do.
/// </summary>
internal sealed class MomentAccumulator
{
    private const int Block = 2048;

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

    private void AddBlock(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        if (vectors.IsEmpty)
        {
            AddSlowly(values);
            return;
        }

        var origin = new Vector<double>(values[0]);
        Vector<double> sum = default;
        Vector<double> sum2 = default;
        Vector<double> square = default;
        Vector<double> square2 = default;
        Vector<float> low = vectors[0];
        Vector<float> high = vectors[0];
        foreach (Vector<float> vector in vectors)
        {
            low = Vector.MinNative(low, vector);
            high = Vector.MaxNative(high, vector);
            Vector.Widen(vector, out Vector<double> a, out Vector<double> b);
            a -= origin;
            b -= origin;
            sum += a;
            sum2 += b;
            square += a * a;
            square2 += b * b;
        }

        // Not finite: a NaN or an infinity is among them, which the comparisons above do not see.
        double squaresFound = Vector.Sum(square + square2);
        if (!double.IsFinite(squaresFound))
        {
            AddSlowly(values);
            return;
        }

        int used = vectors.Length * Vector<float>.Count;
        (double smallest, double largest) = (low[0], high[0]);
        for (int lane = 1; lane < Vector<float>.Count; lane++)
        {
            smallest = Math.Min(smallest, low[lane]);
            largest = Math.Max(largest, high[lane]);
        }

        JoinShifted(used, values[0], Vector.Sum(sum + sum2), squaresFound, smallest, largest);
        AddSlowly(values[used..]);
    }

    private void AddBlock(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        if (vectors.IsEmpty)
        {
            AddSlowly(values);
            return;
        }

        var origin = new Vector<double>(values[0]);
        Vector<double> sum = default;
        Vector<double> square = default;
        Vector<double> low = vectors[0];
        Vector<double> high = vectors[0];
        foreach (Vector<double> vector in vectors)
        {
            low = Vector.MinNative(low, vector);
            high = Vector.MaxNative(high, vector);
            Vector<double> difference = vector - origin;
            sum += difference;
            square += difference * difference;
        }

        double squaresFound = Vector.Sum(square);
        if (!double.IsFinite(squaresFound))
        {
            AddSlowly(values);
            return;
        }

        int used = vectors.Length * Vector<double>.Count;
        (double smallest, double largest) = (low[0], high[0]);
        for (int lane = 1; lane < Vector<double>.Count; lane++)
        {
            smallest = Math.Min(smallest, low[lane]);
            largest = Math.Max(largest, high[lane]);
        }

        JoinShifted(used, values[0], Vector.Sum(sum), squaresFound, smallest, largest);
        AddSlowly(values[used..]);
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
