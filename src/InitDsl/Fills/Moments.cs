namespace InitDsl;

/// <summary>What was found in a parameter's values.</summary>
/// <param name="Count">How many values there are; complex numbers count twice.</param>
/// <param name="Mean">Their mean; NaN when there are none.</param>
/// <param name="Std">Their standard deviation (of the values, not an estimate of a population's); NaN when there are none.</param>
/// <param name="Min">The smallest; NaN when one of them is NaN.</param>
/// <param name="Max">The largest; NaN when one of them is NaN.</param>
public readonly record struct Moments(long Count, double Mean, double Std, double Min, double Max)
{
    /// <summary>Reads the moments of a whole parameter.</summary>
    /// <param name="store">The parameter.</param>
    public static Moments Of(ParameterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var accumulator = new MomentAccumulator();
        StoredValues.Visit(store, (_, values) => accumulator.Add(values));
        return accumulator.Moments;
    }
}

/// <summary>Moments of values that come in parts: exact to rounding whatever the mean (Chan, Golub, LeVeque 1979).</summary>
internal sealed class MomentAccumulator
{
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
        if (values.Length == 0)
        {
            return;
        }

        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        double partMean = sum / values.Length;
        double partSquares = 0;
        foreach (double value in values)
        {
            partSquares += (value - partMean) * (value - partMean);
        }

        long total = count + values.Length;
        double difference = partMean - mean;
        squares += partSquares + (difference * difference * ((double)count * values.Length / total));
        mean += difference * values.Length / total;
        count = total;
    }
}
