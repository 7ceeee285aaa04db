namespace InitDsl;

/// <summary>Independent elements of one continuous law: finite, in bounds, and with its moments and distribution.</summary>
internal static class RandomCheck
{
    /// <summary>How many elements the Kolmogorov–Smirnov distance is taken of at most.</summary>
    private const int SampleSize = 1 << 17;

    internal static IEnumerable<(string Property, string What)> Of(
        ValueView view, Law law, double falseAlarm, ValueFilter covers)
    {
        Sampled values = Look(view, law, covers);
        if (values.Count == 0)
        {
            yield break;
        }

        if (Outside(view, law, values) is { } outside)
        {
            yield return outside;
            if (values.NotFinite > 0)
            {
                yield break;
            }
        }

        double unit = Thresholds.Unit(law);
        Thresholds allowed = Thresholds.For(law, values.Count, falseAlarm, Blur(law, view) / unit);
        double shift = values.MeanDeviation;
        if (!(Math.Abs(shift) <= allowed.Mean))
        {
            yield return ("mean",
                $"mean {Numbers.Short(law.Mean + (shift * unit))}, expected {Numbers.Short(law.Mean)} ± {Numbers.Short(allowed.Mean * unit)}");
        }

        if (!(values.MeanSquare >= allowed.LeastVariance && values.MeanSquare <= allowed.MostVariance))
        {
            yield return ("variance",
                $"standard deviation {Numbers.Short(Math.Sqrt(values.MeanSquare) * unit)}, expected {Numbers.Short(law.Std)} "
                + $"({Numbers.Short(Math.Sqrt(Math.Max(0, allowed.LeastVariance)) * unit)} to {Numbers.Short(Math.Sqrt(allowed.MostVariance) * unit)})");
        }

        if (double.IsNaN(law.Cdf(law.Mean)))
        {
            yield break;
        }

        double[] sample = values.SortedSample();
        double size = Size(law);
        double distance = KolmogorovSmirnov.Distance(sample, law.Cdf, x => Error(size, view, x));
        double limit = KolmogorovSmirnov.Limit(sample.Length, falseAlarm);
        if (!(distance <= limit))
        {
            yield return ("distribution",
                $"its distribution differs, Kolmogorov–Smirnov distance {Numbers.Short(distance)}, at most {Numbers.Short(limit)} expected");
        }
    }

    /// <summary>Of how many elements the distance is taken where there are so many.</summary>
    internal static int SampledOf(long values) => (int)((values + Stride(values) - 1) / Stride(values));

    /// <summary>All that can be said of a law without closed forms: its values are finite and in bounds.</summary>
    internal static IEnumerable<(string Property, string What)> Bounds(ValueView view, Law law, ValueFilter covers)
    {
        Sampled values = Look(view, law, covers);
        return values.Count > 0 && Outside(view, law, values) is { } outside ? [outside] : [];
    }

    /// <summary>
    /// How far a stored value may be from the exact one: rounding to the dtype, and the streams' own error. Never 0, since
    /// the distance at a value that many elements have is told by the distribution function just below it.
    /// </summary>
    private static double Error(double size, ValueView view, double value) =>
        (Math.Abs(value) * 2 * view.RoundingError) + view.LeastRoundingError + (4e-6 * size) + double.Epsilon;

    private static long Stride(long values) => Math.Max(1, (values + SampleSize - 1) / SampleSize);

    private static Sampled Look(ValueView view, Law law, ValueFilter covers)
    {
        var values = new Sampled(Stride(view.Count), double.IsNaN(law.Mean) ? 0 : law.Mean, Thresholds.Unit(law), covers);
        view.Visit(values.Add);
        return values;
    }

    private static (string Property, string What)? Outside(ValueView view, Law law, Sampled values)
    {
        if (values.NotFinite > 0)
        {
            return FiniteCheck.Failure(values.NotFinite);
        }

        double least = Bound(view, law.Min, -1);
        double most = Bound(view, law.Max, 1);
        return values.Min < least || values.Max > most
            ? ("bounds",
                $"values from {Numbers.Nine(values.Min)} to {Numbers.Nine(values.Max)}, outside {Numbers.Nine(least)} to {Numbers.Nine(most)}")
            : null;
    }

    /// <summary>
    /// A bound as the values hold it. Earlier roundings may have passed it before the last one, which keeps the order,
    /// and taking known parts off again may have added to that.
    /// </summary>
    private static double Bound(ValueView view, double bound, int direction)
    {
        if (!double.IsFinite(bound))
        {
            return bound;
        }

        double beyond = direction * ((2 * view.Beyond.Relative * Math.Abs(bound)) + view.Beyond.Absolute);
        return Precision.Round(view.DType, bound + beyond) + beyond;
    }

    /// <summary>
    /// How far rounding may move the moments, as if it moved every value the same way. It does so at the mean;
    /// the deviations from it are rounded up as often as down, which leaves an error of second order.
    /// </summary>
    private static double Blur(Law law, ValueView view)
    {
        double relative = 2 * view.RoundingError;
        return (relative * Math.Abs(law.Mean)) + (relative * relative * 4 * law.Std)
            + view.LeastRoundingError + (4e-6 * Size(law));
    }

    /// <summary>What the streams' own error is a fraction of.</summary>
    private static double Size(Law law) => double.IsNaN(law.Std) ? 0 : law.Std;

    /// <summary>Moments about the expected mean, in a unit, and an evenly spaced sample.</summary>
    private sealed class Sampled(long stride, double centre, double unit, ValueFilter covers)
    {
        private readonly List<double> sample = [];
        private double sum;
        private double squares;

        internal long Count { get; private set; }

        internal long NotFinite { get; private set; }

        internal double Min { get; private set; } = double.PositiveInfinity;

        internal double Max { get; private set; } = double.NegativeInfinity;

        internal double MeanDeviation => sum / Count;

        internal double MeanSquare => squares / Count;

        internal void Add(long start, ReadOnlySpan<double> values)
        {
            double partSum = 0;
            double partSquares = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                if (!covers(start + i, value))
                {
                    continue;
                }

                NotFinite += double.IsFinite(value) ? 0 : 1;
                Min = Math.Min(Min, value);
                Max = Math.Max(Max, value);
                double deviation = (value - centre) / unit;
                partSum += deviation;
                partSquares += deviation * deviation;
                if (Count++ % stride == 0)
                {
                    sample.Add(value);
                }
            }

            sum += partSum;
            squares += partSquares;
        }

        internal double[] SortedSample() => [.. sample.Order()];
    }
}
