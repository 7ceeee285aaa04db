namespace InitDsl.Tests;

/// <summary>The distance between a sample and the law it should follow.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>How often a true law may fail a test. So small that a failure means a defect, not bad luck.</summary>
    public const double Alpha = 1e-9;

    /// <summary>The largest distance between the empirical distribution function of <paramref name="sample"/> and
    /// <paramref name="cdf"/>. Sorts the sample.</summary>
    public static double Statistic(Span<double> sample, Func<double, double> cdf)
    {
        sample.Sort();
        double n = sample.Length;
        double largest = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            double expected = cdf(sample[i]);
            largest = Math.Max(largest, Math.Max(((i + 1) / n) - expected, expected - (i / n)));
        }

        return largest;
    }

    /// <summary>What the statistic of n draws from the very law exceeds with a probability of at most
    /// <paramref name="alpha"/>: the inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant.</summary>
    public static double Threshold(int n, double alpha = Alpha) => Math.Sqrt(Math.Log(2 / alpha) / (2.0 * n));

    /// <summary>Asserts that <paramref name="sample"/> may come from <paramref name="cdf"/>. Sorts the sample.</summary>
    public static void AssertFollows(Span<double> sample, Func<double, double> cdf, string what)
    {
        double distance = Statistic(sample, cdf);
        double threshold = Threshold(sample.Length);
        Assert.True(distance <= threshold, $"{what}: {sample.Length} values are {distance:G4} away from their law, more than {threshold:G4}.");
    }
}
