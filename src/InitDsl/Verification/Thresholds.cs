namespace InitDsl;

/// <summary>How far the mean and the mean square of n values may stray, by inequalities that hold at every n.</summary>
/// <param name="Mean">The largest distance of the mean from its expectation.</param>
/// <param name="LeastVariance">The least mean square about the expected mean.</param>
/// <param name="MostVariance">The largest.</param>
internal readonly record struct Thresholds(double Mean, double LeastVariance, double MostVariance)
{
    /// <summary>Two-sided limits for a law that is normal or bounded.</summary>
    /// <param name="law">The law.</param>
    /// <param name="n">How many independent values.</param>
    /// <param name="falseAlarm">The probability that one of the two limits is passed, each.</param>
    /// <param name="blur">How far each stored value may be from the exact one.</param>
    internal static Thresholds For(Law law, long n, double falseAlarm, double blur)
    {
        double variance = law.Std * law.Std;
        double log = Math.Log(2 / falseAlarm);
        double mean;
        double least;
        double most;
        if (law is NormalLaw)
        {
            // The mean is normal: P(|Z| > z) ≤ 2·exp(−z²/2). Squares: Laurent and Massart 2000, lemma 1.
            mean = law.Std * Math.Sqrt(2 * log / n);
            least = variance * (1 - (2 * Math.Sqrt(log / n)));
            most = variance * (1 + (2 * Math.Sqrt(log / n)) + (2 * log / n));
        }
        else
        {
            // Bernstein, for values within c of the mean, and for their squares, which lie in [0, c²] and have a
            // variance of at most c²·E[square].
            double c = Math.Max(law.Max - law.Mean, law.Mean - law.Min);
            mean = Bernstein(variance, c, log, n);
            double spread = Bernstein(c * c * variance, c * c, log, n);
            least = variance - spread;
            most = variance + spread;
        }

        double stray = (2 * law.Std * blur) + (blur * blur);
        return new(mean + blur, least - stray, most + stray);
    }

    private static double Bernstein(double variance, double bound, double log, long n) =>
        Math.Sqrt(2 * variance * log / n) + (2 * bound * log / (3 * n));
}
