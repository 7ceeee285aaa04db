namespace InitDsl;

/// <summary>Independent elements of one continuous law: finite, in bounds, and with its moments and distribution.</summary>
internal static class RandomCheck
{
    /// <summary>How many elements the Kolmogorov–Smirnov distance is taken of at most.</summary>
    private const int SampleSize = 1 << 17;

    internal static IEnumerable<(string Property, string What)> Of(
        PlanStep step, Law law, double falseAlarm, ValueFilter covers)
    {
        DType dtype = step.Spec.DType;
        var values = new Sampled(SampleSize, step.Shape.Elements * (dtype.IsComplex() ? 2 : 1), law.Mean, covers);
        StoredValues.Visit(step.Store, values.Add);
        if (values.Count == 0)
        {
            yield break;
        }

        if (values.NotFinite > 0)
        {
            yield return ("finite", values.NotFinite == 1 ? "1 value is NaN or infinite" : $"{Numbers.Count(values.NotFinite)} values are NaN or infinite");
            yield break;
        }

        double least = ElementCodec.Round(dtype, law.Min);
        double most = ElementCodec.Round(dtype, law.Max);
        if (values.Min < least || values.Max > most)
        {
            yield return ("bounds",
                $"values from {Numbers.Nine(values.Min)} to {Numbers.Nine(values.Max)}, outside {Numbers.Nine(least)} to {Numbers.Nine(most)}");
        }

        Thresholds allowed = Thresholds.For(law, values.Count, falseAlarm, Blur(law, dtype));
        double shift = values.MeanDeviation;
        if (!(Math.Abs(shift) <= allowed.Mean))
        {
            yield return ("mean",
                $"mean {Numbers.Short(law.Mean + shift)}, expected {Numbers.Short(law.Mean)} ± {Numbers.Short(allowed.Mean)}");
        }

        if (!(values.MeanSquare >= allowed.LeastVariance && values.MeanSquare <= allowed.MostVariance))
        {
            yield return ("variance",
                $"standard deviation {Numbers.Short(Math.Sqrt(values.MeanSquare))}, expected {Numbers.Short(law.Std)} "
                + $"({Numbers.Short(Math.Sqrt(Math.Max(0, allowed.LeastVariance)))} to {Numbers.Short(Math.Sqrt(allowed.MostVariance))})");
        }

        double[] sample = values.SortedSample();
        double distance = KolmogorovSmirnov.Distance(sample, x => Cdf.Of(law, x), x => Error(law, dtype, x));
        double limit = KolmogorovSmirnov.Limit(sample.Length, falseAlarm);
        if (!(distance <= limit))
        {
            yield return ("distribution",
                $"its distribution differs, Kolmogorov–Smirnov distance {Numbers.Short(distance)}, at most {Numbers.Short(limit)} expected");
        }
    }

    /// <summary>How far a stored value may be from the exact one: rounding to the dtype, and the streams' own error.</summary>
    internal static double Error(Law law, DType dtype, double value) =>
        (Math.Abs(value) * 2 * ElementCodec.RoundingError(dtype)) + ElementCodec.LeastRoundingError(dtype) + (4e-6 * law.Std);

    /// <summary>
    /// How far rounding may move the moments, as if it moved every value the same way. It does so at the mean;
    /// the deviations from it are rounded up as often as down, which leaves an error of second order.
    /// </summary>
    private static double Blur(Law law, DType dtype)
    {
        double relative = 2 * ElementCodec.RoundingError(dtype);
        return (relative * Math.Abs(law.Mean)) + (relative * relative * 4 * law.Std)
            + ElementCodec.LeastRoundingError(dtype) + (4e-6 * law.Std);
    }

    /// <summary>Moments about the expected mean, and an evenly spaced sample.</summary>
    private sealed class Sampled(int size, long total, double centre, ValueFilter covers)
    {
        private readonly long stride = Math.Max(1, (total + size - 1) / size);
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
                double deviation = value - centre;
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
