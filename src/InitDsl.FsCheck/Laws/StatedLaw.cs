namespace InitDsl;

/// <summary>A law that a fill promises and no word of <see cref="Dsl"/> says: <c>InitLaws.CheckFill(fill, StatedLaw.Discrete(…))</c>.</summary>
public sealed class StatedLaw
{
    private StatedLaw(Law law) => Law = law;

    internal Law Law { get; }

    /// <summary>Independent elements, each one of some numbers: <c>Discrete([-1, 1], [0.5, 0.5])</c> are Rademacher's signs.</summary>
    /// <param name="values">The numbers, ascending, as float32 holds them.</param>
    /// <param name="probabilities">The probability of each, positive; together 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, values do not ascend, or the probabilities are none.</exception>
    public static StatedLaw Discrete(double[] values, double[] probabilities)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (values.Length < 2 || values.Length != probabilities.Length)
        {
            throw new ArgumentException($"There are {values.Length} values and {probabilities.Length} probabilities; give two or more of each.", nameof(probabilities));
        }

        if (Enumerable.Range(1, values.Length - 1).Any(i => !(values[i] > values[i - 1])) || !values.All(double.IsFinite))
        {
            throw new ArgumentException("The values must be finite and ascend.", nameof(values));
        }

        if (!probabilities.All(probability => probability > 0) || Math.Abs(probabilities.Sum() - 1) > 1e-9)
        {
            throw new ArgumentException("The probabilities must be positive and add up to 1.", nameof(probabilities));
        }

        return new(new DiscreteLaw([.. values], [.. probabilities]));
    }

    /// <summary>
    /// Independent elements of a continuous law. Mean and variance are tested where both bounds are finite; the
    /// distribution always.
    /// </summary>
    /// <param name="cdf">The probability that an element is at most x.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="min">No element is smaller; −∞ where unbounded.</param>
    /// <param name="max">No element is larger; +∞ where unbounded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, the deviation is not positive, or the mean lies outside the bounds.</exception>
    public static StatedLaw Continuous(Func<double, double> cdf, double mean, double std, double min, double max)
    {
        ArgumentNullException.ThrowIfNull(cdf);
        if (!(std > 0 && double.IsFinite(std)))
        {
            throw new ArgumentOutOfRangeException(nameof(std), std, "std must be a positive number.");
        }

        if (!(min < mean && mean < max))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "mean must lie between min and max.");
        }

        return new(new ContinuousLaw(cdf, mean, std, min, max));
    }

    /// <summary>The law as text.</summary>
    public override string ToString() => Law.ToString();
}
