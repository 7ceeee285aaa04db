namespace InitDsl;

/// <summary>
/// The median over seeds of the mean square's growth lies within a factor, forward and backward. If it does, each draw lies
/// above the factor with a probability of at most one half: the number that does is tested by the binomial law, whatever
/// the distribution.
/// </summary>
internal sealed class VarianceKept : Property
{
    /// <summary>Draws of a subject that must be found lie beyond with this probability.</summary>
    private const double Beyond = 0.99;

    internal override InitProperties Kind => InitProperties.Variance;

    internal override string? WhyNotAsked(Subject subject) => subject.WhyNoVariance;

    /// <summary>Too large and too small, forward and backward.</summary>
    internal override int Tests(IReadOnlyList<Drawn> first) => 4;

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        (int draws, int allowed) = Plan(sample.Each, sample.Options.Power);
        (double Forward, double Backward)[] growths =
            [.. Enumerable.Range(0, draws).Select(i => sample.Subject.Propagate(sample.Seed + i))];
        return Of("forward", [.. growths.Select(growth => growth.Forward)]).Concat(Of("backward", [.. growths.Select(growth => growth.Backward)]));

        IEnumerable<InitLawFailure> Of(string direction, double[] ratios)
        {
            double factor = sample.Options.VarianceFactor;
            if (ratios.All(double.IsNaN))
            {
                yield break;
            }

            int above = ratios.Count(ratio => !(ratio <= factor));
            int below = ratios.Count(ratio => ratio < 1 / factor);
            if (above > allowed || below > allowed)
            {
                yield return sample.Failure(
                    Kind,
                    "",
                    $"{direction} the mean square is multiplied by {Numbers.Short(ratios.Order().ElementAt(draws / 2))} (the median of {draws} draws), "
                    + $"and should stay within a factor of {Numbers.Short(factor)}");
            }
        }
    }

    /// <summary>
    /// The least number of draws, and how many of them may lie beyond, such that a fair coin passes that number with the
    /// probability of a false alarm, and a coin that falls beyond in 99 of 100 throws passes it with the power.
    /// </summary>
    internal static (int Draws, int Allowed) Plan(double falseAlarm, double power)
    {
        for (int draws = 1; ; draws++)
        {
            int allowed = draws - 1;
            while (allowed > 0 && AtLeast(allowed, draws, 0.5) <= falseAlarm)
            {
                allowed--;
            }

            if (AtLeast(allowed + 1, draws, 0.5) <= falseAlarm && AtLeast(allowed + 1, draws, Beyond) >= power)
            {
                return (draws, allowed);
            }
        }
    }

    /// <summary>The probability of at least so many successes.</summary>
    private static double AtLeast(int successes, int trials, double probability)
    {
        double sum = 0;
        for (int k = successes; k <= trials; k++)
        {
            double log = (k * Math.Log(probability)) + ((trials - k) * Math.Log(1 - probability));
            for (int i = 1; i <= k; i++)
            {
                log += Math.Log(trials - k + i) - Math.Log(i);
            }

            sum += Math.Exp(log);
        }

        return sum;
    }
}
