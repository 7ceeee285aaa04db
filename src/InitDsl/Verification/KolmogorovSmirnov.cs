namespace InitDsl;

/// <summary>The largest difference between a sample's distribution and a law's.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>
    /// The distance, where each value may be off by a little: it is taken from the end of each value's interval
    /// that is kinder to the sample, so that rounding alone never raises it.
    /// </summary>
    /// <param name="sorted">The sample, ascending.</param>
    /// <param name="cdf">The law's distribution function.</param>
    /// <param name="error">How far a value may be from the exact one.</param>
    internal static double Distance(ReadOnlySpan<double> sorted, Func<double, double> cdf, Func<double, double> error)
    {
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double x = sorted[i];
            double off = error(x);
            double above = ((i + 1.0) / sorted.Length) - cdf(x + off);
            double below = cdf(x - off) - ((double)i / sorted.Length);
            distance = Math.Max(distance, Math.Max(above, below));
        }

        return distance;
    }

    /// <summary>
    /// P(distance > limit) ≤ falseAlarm at every n: the inequality of Dvoretzky, Kiefer and Wolfowitz with the
    /// constant of Massart 1990.
    /// </summary>
    internal static double Limit(int n, double falseAlarm) => Math.Sqrt(Math.Log(2 / falseAlarm) / (2.0 * n));
}
