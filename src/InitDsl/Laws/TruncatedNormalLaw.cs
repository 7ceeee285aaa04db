namespace InitDsl;

/// <summary>
/// Independent, with a normal density cut off outside two bounds. <see cref="Mean"/> and <see cref="Std"/> are
/// those of the truncated law, not of the normal it is cut from.
/// </summary>
/// <param name="Location">The mean of the normal before truncation.</param>
/// <param name="Spread">The standard deviation of the normal before truncation.</param>
/// <param name="Low">The lower bound, absolute (not in standard deviations).</param>
/// <param name="High">The upper bound, absolute.</param>
public sealed record TruncatedNormalLaw(double Location, double Spread, double Low, double High) : Law
{
    /// <summary>The mean of the normal before truncation.</summary>
    public double Location { get; } = Location;

    /// <summary>The standard deviation of the normal before truncation.</summary>
    public double Spread { get; } = Spread;

    /// <summary>The lower bound.</summary>
    public double Low { get; } = Low;

    /// <summary>The upper bound.</summary>
    public double High { get; } = High;

    /// <summary>Made when first asked for: it takes some microseconds, and numbers that overflowed have none.</summary>
    internal TruncatedGaussian Parameters => field ??= new(Location, Spread, Low, High);

    /// <inheritdoc/>
    public override double Mean => Parameters.Mean;

    /// <inheritdoc/>
    public override double Std => Parameters.Std;

    /// <inheritdoc/>
    public override double Min => Low;

    /// <inheritdoc/>
    public override double Max => High;

    internal override bool Independent => true;

    internal override double? Centre => Location - Low == High - Location ? Location : null;

    internal override double Cdf(double x)
    {
        double low = (Low - Location) / Spread;
        return Mass(low, (Math.Clamp(x, Low, High) - Location) / Spread) / Mass(low, (High - Location) / Spread);
    }

    internal override Law? Between(double low, double high) =>
        new TruncatedNormalLaw(Location, Spread, Math.Max(Low, low), Math.Min(High, high));

    /// <inheritdoc/>
    public override Law Scale(double factor) => factor switch
    {
        0 => new ConstantLaw(0),
        < 0 => Of(Location * factor, Spread * -factor, High * factor, Low * factor),
        _ => Of(Location * factor, Spread * factor, Low * factor, High * factor),
    };

    /// <inheritdoc/>
    public bool Equals(TruncatedNormalLaw? other) =>
        other is not null && (Location, Spread, Low, High) == (other.Location, other.Spread, other.Low, other.High);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Location, Spread, Low, High);

    /// <summary>Bounds that have become one number leave that number.</summary>
    private static Law Of(double location, double spread, double low, double high) =>
        low == high ? new ConstantLaw(low) : new TruncatedNormalLaw(location, spread, low, high);

    /// <summary>
    /// Φ(b) − Φ(a), from whichever tail loses no digits; near the middle, where the bounds of a wide normal lie as near to
    /// each other as one likes, from there.
    /// </summary>
    private static double Mass(double a, double b) =>
        Math.Max(Math.Abs(a), Math.Abs(b)) < 1 ? (StandardNormal.Central(b) - StandardNormal.Central(a)) / 2
        : a > 0 ? StandardNormal.UpperTail(a) - StandardNormal.UpperTail(b)
        : StandardNormal.Cdf(b) - StandardNormal.Cdf(a);

    /// <inheritdoc/>
    public override string ToString() => $"TruncNormal({Numbers.Six(Location)}, {Numbers.Six(Spread)}, {Numbers.Six(Low)}, {Numbers.Six(High)})";
}
