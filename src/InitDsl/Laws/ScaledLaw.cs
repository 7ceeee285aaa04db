namespace InitDsl;

/// <summary>Values multiplied by a factor, for laws that are not of the same kind afterwards.</summary>
/// <param name="Inner">The law of the values before.</param>
/// <param name="Factor">The factor, not 0.</param>
public sealed record ScaledLaw(Law Inner, double Factor) : Law
{
    /// <inheritdoc/>
    public override double Mean => Inner.Mean * Factor;

    /// <inheritdoc/>
    public override double Std => Inner.Std * Math.Abs(Factor);

    /// <inheritdoc/>
    public override double Min => (Factor < 0 ? Inner.Max : Inner.Min) * Factor;

    /// <inheritdoc/>
    public override double Max => (Factor < 0 ? Inner.Min : Inner.Max) * Factor;

    internal override bool IsRandom => Inner.IsRandom;

    internal override bool Independent => Inner.Independent;

    internal override bool Homogeneous => Inner.Homogeneous;

    internal override int Components => Inner.Components;

    internal override IReadOnlyList<Law> Parts => [Inner];

    /// <summary>The inner law's, scaled, unless that comes to this very law again.</summary>
    internal override Law Marginal => Inner.Marginal.Scale(Factor);

    internal override Law With(IReadOnlyList<Law> parts) => this with { Inner = parts[0] };

    internal override double Cdf(double x) => Factor > 0 ? Inner.Cdf(x / Factor) : 1 - Inner.Cdf(x / Factor);

    internal override Law? Between(double low, double high) =>
        (Factor > 0 ? Inner.Between(low / Factor, high / Factor) : Inner.Between(high / Factor, low / Factor))?.Scale(Factor);

    /// <inheritdoc/>
    public override Law Scale(double factor) =>
        factor == 0 ? new ConstantLaw(0) : new ScaledLaw(Inner, Factor * factor);

    /// <inheritdoc/>
    public override string ToString() => $"{Inner} × {Numbers.Six(Factor)}";
}
