namespace InitDsl;

/// <summary>
/// The median over seeds of the mean square's growth lies within a factor, in the directions that are asked for. If it does, each
/// draw lies above the factor with a probability of at most one half: the number that does is tested by the binomial law, whatever
/// the distribution.
/// </summary>
internal sealed class VarianceKept : Property
{
    /// <summary>Draws of a subject that must be found lie beyond with this probability.</summary>
    private const double Beyond = 0.99;

    internal override InitProperties Kind => InitProperties.Variance;

    internal override string? WhyNotAsked(Subject subject, IReadOnlyList<Drawn> first) => subject.WhyNoVariance;

    /// <summary>Too large and too small, forward and backward: fewer where one direction is not asked for.</summary>
    internal override int Tests(IReadOnlyList<Drawn> first) => 4;

    internal override bool AsksNothing(Subject subject, InitLawOptions options) =>
        !Asked(subject, options, subject.Propagate(options.Seed)).Any();

    internal override IEnumerable<string> LeftOut(Subject subject, InitLawOptions options)
    {
        Growth growth = subject.Propagate(options.Seed);
        string[] asked = [.. Asked(subject, options, growth).Select(direction => direction.Name)];
        string[] wanted = options.VarianceDirection switch
        {
            VarianceDirection.Forward => ["forward"],
            VarianceDirection.Backward => ["backward"],
            _ => ["forward", "backward"],
        };
        return wanted.Except(asked).Select(direction => $"{Kind} {direction}: {Because(growth, subject.Promise(), direction)}");
    }

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        (int draws, int allowed) = Plan(sample.Each, sample.Options.Power);
        Growth[] growths = [.. Enumerable.Range(0, draws).Select(i => sample.Subject.Propagate(sample.Seed + i))];
        double factor = sample.Options.VarianceFactor;
        foreach (Direction direction in Asked(sample.Subject, sample.Options, growths[0]))
        {
            double[] found = [.. growths.Select(direction.Of).Order()];
            int above = found.Count(growth => !(growth <= direction.Most * factor));
            int below = found.Count(growth => growth < direction.Least / factor);
            if (above > allowed || below > allowed)
            {
                yield return sample.Failure(
                    Kind,
                    "",
                    $"{direction.Name} the mean square is multiplied by {Numbers.Short(found[draws / 2])} (the median of {draws} draws, from {growths[0].Inputs} to "
                    + $"{growths[0].Outputs}), and should stay within a factor of {Numbers.Short(factor)}{direction.Allowance}: the weights are too "
                    + $"{(above > allowed ? "large" : "small")} for the functions between them. {Advice(sample, direction, growths)}");
            }
        }
    }

    /// <summary>The directions in which the mean square must be kept.</summary>
    private static IEnumerable<Direction> Asked(Subject subject, InitLawOptions options, Growth growth)
    {
        Direction forward = new("forward", one => one.Forward, 1, 1);
        Direction backward = new("backward", one => one.Backward, 1, 1);
        double narrowing = 1 / growth.Widening;
        bool noGradients = double.IsNaN(growth.Backward);
        return (options.VarianceDirection, subject.Promise()) switch
        {
            (VarianceDirection.Forward, _) => [forward],
            (VarianceDirection.Backward, _) => noGradients ? [] : [backward],
            (VarianceDirection.Both, _) => noGradients ? [forward] : [forward, backward],
            _ when narrowing == 1 && !noGradients => [forward, backward],
            (_, FanMode.FanIn) => [forward],
            _ when noGradients => [],
            (_, FanMode.FanOut) => [backward],
            _ => [forward with { Least = Math.Min(1, narrowing), Most = Math.Max(1, narrowing) }],
        };
    }

    private static string Because(Growth growth, FanMode promise, string direction) =>
        (double.IsNaN(growth.Backward), promise, direction) switch
        {
            (true, _, "backward") => "inputs that are whole numbers have no gradients",
            (true, _, _) => "the weights are not scaled by the fan-in; InitLawOptions.VarianceDirection asks for it",
            (_, FanMode.FanOut, _) => $"the weights are scaled by the fan-out, and {growth.Inputs} becomes {growth.Outputs}; InitLawOptions.VarianceDirection asks for it",
            (_, FanMode.FanIn, _) => $"the weights are scaled by the fan-in, and {growth.Inputs} becomes {growth.Outputs}; InitLawOptions.VarianceDirection asks for it",
            _ => $"it is looked at forward, with an allowance, where {growth.Inputs} becomes {growth.Outputs}; InitLawOptions.VarianceDirection asks for it",
        };

    private static string Advice(Sample sample, Direction direction, Growth[] growths)
    {
        const string Gains = "Write Auto, or Kaiming before ReLU and Xavier before tanh; if so much is meant, set InitLawOptions.VarianceFactor";
        InitLawOptions options = sample.Options;
        double[] backward = [.. growths.Select(growth => growth.Backward).Order()];
        double median = backward[backward.Length / 2];
        return options.VarianceDirection == VarianceDirection.Both && growths[0].Widening != 1
            ? $"{Gains}. No weights keep both directions where sizes change: choose one by InitLawOptions.VarianceDirection."
            : direction.Name == "forward" && options.VarianceDirection == VarianceDirection.Promised && growths[0].Widening != 1
                && median <= options.VarianceFactor && median >= 1 / options.VarianceFactor
                ? $"{Gains}. Backward it is {Numbers.Short(median)}: if that is what the rules should keep, set InitLawOptions.VarianceDirection to Backward."
                : $"{Gains}.";
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

    /// <summary>A direction, and between which numbers its growth may lie, times the factor.</summary>
    private sealed record Direction(string Name, Func<Growth, double> Of, double Least, double Most)
    {
        internal string Allowance => Least == Most ? "" : $" of what lies between {Numbers.Short(Least)} and {Numbers.Short(Most)}, which sizes that change bring about";
    }
}
