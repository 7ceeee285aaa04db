namespace InitDsl;

/// <summary>
/// How far the mean and the mean square of n values may stray, by inequalities that hold at every n. In units of the law's
/// standard deviation, whose square need not be a number that float64 holds.
/// </summary>
/// <param name="Mean">The largest distance of the mean from its expectation.</param>
/// <param name="LeastVariance">The least mean square about the expected mean.</param>
/// <param name="MostVariance">The largest.</param>
internal readonly record struct Thresholds(double Mean, double LeastVariance, double MostVariance)
{
    /// <summary>The kurtosis of a log-concave law, as every truncated normal is, is at most that of the exponential.</summary>
    private const double LargestKurtosis = 9;

    private const double UniformKurtosis = 1.8;

    /// <summary>No limits: for laws of which neither moments nor bounds are known.</summary>
    private static Thresholds Unknown => new(double.PositiveInfinity, 0, double.PositiveInfinity);

    /// <summary>Two-sided limits for a law that is normal, truncated or bounded.</summary>
    /// <param name="law">The law.</param>
    /// <param name="n">How many independent values.</param>
    /// <param name="falseAlarm">The probability that one of the two limits is passed, each.</param>
    /// <param name="blur">How far rounding may move a moment, in that unit too.</param>
    internal static Thresholds For(Law law, long n, double falseAlarm, double blur)
    {
        Thresholds exact = law switch
        {
            NormalLaw => Normal(1, n, Math.Log(2 / falseAlarm)),
            TruncatedNormalLaw truncated => Truncated(truncated, n, falseAlarm),
            UniformLaw => Bounded(1, Reach(law), UniformKurtosis, n, Math.Log(2 / falseAlarm)),
            _ when double.IsFinite(Reach(law)) && !double.IsNaN(law.Std) =>
                Bounded(law.Std > 0 ? 1 : 0, Reach(law), double.PositiveInfinity, n, Math.Log(2 / falseAlarm)),
            _ => Unknown,
        };
        if (exact == Unknown)
        {
            return Unknown;
        }

        double stray = (2 * blur) + (blur * blur);
        return new(exact.Mean + blur, exact.LeastVariance - stray, exact.MostVariance + stray);
    }

    /// <summary>What a law's values are measured in: its standard deviation where it has one.</summary>
    internal static double Unit(Law law) => law.Std > 0 && double.IsFinite(law.Std) ? law.Std : 1;

    /// <summary>How far a value may be from the mean; NaN where that is unknown.</summary>
    private static double Reach(Law law) => Math.Max(law.Max - law.Mean, law.Mean - law.Min) / Unit(law);

    /// <summary>The mean is normal: P(|Z| > z) ≤ 2·exp(−z²/2). Squares: Laurent and Massart 2000, lemma 1.</summary>
    private static Thresholds Normal(double std, long n, double log) => new(
        std * Math.Sqrt(2 * log / n),
        std * std * (1 - (2 * Math.Sqrt(log / n))),
        std * std * (1 + (2 * Math.Sqrt(log / n)) + (2 * log / n)));

    /// <summary>
    /// n values of a truncated law are n normal values that all happen to lie between the bounds, so that whatever
    /// is improbable for these is at most Mass⁻ⁿ times as probable for those. Where that factor is small the sharp
    /// limits of the normal law hold.
    /// </summary>
    private static Thresholds Truncated(TruncatedNormalLaw law, long n, double falseAlarm)
    {
        double mass = law.Parameters.Mass;
        double factor = -n * Math.Log(Math.Min(1, mass));
        double spread = law.Spread / Unit(law);
        double shift = Math.Abs(law.Mean - law.Location) / Unit(law);
        if (factor <= 1)
        {
            Thresholds uncut = Normal(spread, n, Math.Log(2 / falseAlarm) + factor);
            double change = Math.Abs((spread * spread) - 1) + (shift * shift) + (2 * shift * uncut.Mean);
            return new(uncut.Mean + shift, uncut.LeastVariance - change, uncut.MostVariance + change);
        }

        // A tenth of the probability pays for the values beyond c, by the tail of the normal law; the others lie
        // within c of the mean.
        double tail = spread * Math.Sqrt(2 * Math.Log(20 * n / (falseAlarm * mass)));
        double c = Math.Min(Reach(law), tail + shift);
        return Bounded(1, c, LargestKurtosis, n, Math.Log(2 / (0.9 * falseAlarm)));
    }

    /// <summary>
    /// Bernstein's inequality, for values within c of the mean and for their squares, which lie in [0, c²] and have
    /// the variance (kurtosis − 1)·σ⁴, and at most c²σ², where σ is 1, or 0 of a law that has one value but for its name.
    /// </summary>
    private static Thresholds Bounded(double variance, double c, double kurtosis, long n, double log)
    {
        double ofSquares = Math.Min(c * c, kurtosis - 1) * variance;
        double spread = Bernstein(ofSquares, c * c, log, n);
        return new(Bernstein(variance, c, log, n), variance - spread, variance + spread);
    }

    private static double Bernstein(double variance, double bound, double log, long n) =>
        Math.Sqrt(2 * variance * log / n) + (2 * bound * log / (3 * n));
}
