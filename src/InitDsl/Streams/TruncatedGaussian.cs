namespace InitDsl;

/// <summary>
/// A normal law cut to an interval: N(mean, std²) given that the value lies between <see cref="Low"/> and
/// <see cref="High"/>, either of which may be infinite. Holds the law's own moments, and what
/// <see cref="TruncatedNormalDraws"/> needs of it.
/// </summary>
internal sealed class TruncatedGaussian
{
    /// <summary>Intervals that hold less of the uncut law than this cannot be drawn from: their probabilities leave
    /// float32.</summary>
    public const double SmallestMass = 1e-30;

    /// <param name="mean">The mean of the uncut law.</param>
    /// <param name="std">The standard deviation of the uncut law.</param>
    /// <param name="low">The lower bound, as a value; may be −∞.</param>
    /// <param name="high">The upper bound, as a value; may be +∞.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, the standard deviation is not finite and
    /// positive, or the bounds are not in order.</exception>
    public TruncatedGaussian(double mean, double std, double low, double high)
    {
        if (!double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be finite.");
        }

        if (!(double.IsFinite(std) && std > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(std), std, "The standard deviation must be finite and positive.");
        }

        if (!(low < high))
        {
            throw new ArgumentOutOfRangeException(nameof(high), $"The lower bound {low:R} must be less than the upper bound {high:R}.");
        }

        UncutMean = mean;
        UncutStd = std;
        Low = low;
        High = high;
        Alpha = (low - mean) / std;
        Beta = (high - mean) / std;

        TruncatedMoments moments = TruncatedMoments.Of(Alpha, Beta, (high - low) / std);
        Mass = moments.Mass;
        Mean = Math.Clamp(mean + (std * moments.Mean), low, high);
        Std = std * moments.Std;
    }

    public double UncutMean { get; }

    public double UncutStd { get; }

    public double Low { get; }

    public double High { get; }

    /// <summary>The lower bound in standard deviations from the uncut mean.</summary>
    public double Alpha { get; }

    /// <summary>The upper bound in standard deviations from the uncut mean.</summary>
    public double Beta { get; }

    /// <summary>The probability that the uncut law gives the interval.</summary>
    public double Mass { get; }

    /// <summary>The mean of the cut law.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the cut law.</summary>
    public double Std { get; }

    /// <summary>Whether values can be drawn: <see cref="Mass"/> is at least <see cref="SmallestMass"/>.</summary>
    public bool CanBeDrawn => Mass >= SmallestMass;
}
