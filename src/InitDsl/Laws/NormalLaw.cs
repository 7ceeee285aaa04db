namespace InitDsl;

/// <summary>Independent, normally distributed.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The standard deviation, not the variance.</param>
public sealed record NormalLaw(double Mean, double Std) : Law
{
    /// <inheritdoc/>
    public override double Mean { get; } = Mean;

    /// <inheritdoc/>
    public override double Std { get; } = Std;

    /// <inheritdoc/>
    public override double Min => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Max => double.PositiveInfinity;

    internal override bool Independent => true;

    internal override double? Centre => Mean;

    internal override double Cdf(double x) => StandardNormal.Cdf((x - Mean) / Std);

    internal override Law? Between(double low, double high) => new TruncatedNormalLaw(Mean, Std, low, high);

    /// <inheritdoc/>
    public override Law Scale(double factor) => new NormalLaw(Mean * factor, Std * Math.Abs(factor));

    /// <inheritdoc/>
    public override string ToString() => $"Normal({Numbers.Six(Mean)}, {Numbers.Six(Std)})";
}
