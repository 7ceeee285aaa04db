namespace InitDsl;

/// <summary>
/// How many values it takes to find a deviation. Both ends of the answer come from the same inequalities: the limit that a right
/// subject passes with the probability of a false alarm, and how far a wrong one's own sample strays with the probability of
/// being missed.
/// </summary>
internal static class SampleSize
{
    /// <summary>Whether more is known of a law than its bounds, so that deviations can be found at all.</summary>
    internal static bool CanFind(Law law) => HasDistribution(law) || HasMoments(law);

    /// <summary>The law's values for which a deviation is found with the stated probability.</summary>
    /// <param name="law">The law of one element.</param>
    /// <param name="deviation">The deviation of each kind.</param>
    /// <param name="falseAlarm">Of each test.</param>
    /// <param name="missed">The probability of not finding it.</param>
    /// <returns>The number of values; <see cref="long.MaxValue"/> where no number is enough.</returns>
    internal static long For(Law law, double deviation, double falseAlarm, double missed)
    {
        long enough = 1;
        while (!Finds(law, enough, deviation, falseAlarm, missed))
        {
            if (enough > 1L << 40)
            {
                return long.MaxValue;
            }

            enough *= 2;
        }

        long tooFew = enough / 2;
        while (enough - tooFew > Math.Max(1, enough / 256))
        {
            long middle = tooFew + ((enough - tooFew) / 2);
            (tooFew, enough) = Finds(law, middle, deviation, falseAlarm, missed) ? (tooFew, middle) : (middle, enough);
        }

        return enough;
    }

    /// <summary>The least deviation that so many values find; infinite where there is none below 1.</summary>
    internal static double Deviation(Law law, long values, double falseAlarm, double missed)
    {
        if (!Finds(law, values, 0.999, falseAlarm, missed))
        {
            return double.PositiveInfinity;
        }

        double found = 0.999;
        double missing = 0;
        while (found - missing > 1e-3 * found)
        {
            double middle = (found + missing) / 2;
            (missing, found) = Finds(law, values, middle, falseAlarm, missed) ? (missing, middle) : (middle, found);
        }

        return found;
    }

    /// <summary>Whether each kind of deviation is found: of the distribution, of the mean, of the standard deviation.</summary>
    internal static bool Finds(Law law, long values, double deviation, double falseAlarm, double missed)
    {
        if (HasDistribution(law))
        {
            int sampled = RandomCheck.SampledOf(values);
            if (KolmogorovSmirnov.Limit(sampled, falseAlarm) + KolmogorovSmirnov.Limit(sampled, missed) > deviation)
            {
                return false;
            }
        }

        if (!HasMoments(law))
        {
            return true;
        }

        Thresholds limit = Thresholds.For(law, values, falseAlarm, 0);
        Thresholds own = Thresholds.For(law, values, missed, 0);
        double wider = (1 + deviation) * (1 + deviation);
        double narrower = (1 - deviation) * (1 - deviation);
        return limit.Mean + own.Mean <= deviation
            && own.LeastVariance * wider >= limit.MostVariance
            && own.MostVariance * narrower <= limit.LeastVariance;
    }

    private static bool HasDistribution(Law law) => !double.IsNaN(law.Cdf(law.Mean));

    private static bool HasMoments(Law law) => double.IsFinite(Thresholds.For(law, 1, 0.5, 0).Mean);
}
