namespace InitDsl;

/// <summary>
/// Values rounded to a dtype, ties to even. The moments are those before rounding: rounding changes them as little as
/// storing a law in a parameter of that dtype does.
/// </summary>
/// <param name="Inner">The law of the values before.</param>
/// <param name="DType">A real floating-point dtype.</param>
public sealed record CastLaw(Law Inner, DType DType) : Law
{
    /// <inheritdoc/>
    public override double Mean => Inner.Mean;

    /// <inheritdoc/>
    public override double Std => Inner.Std;

    /// <inheritdoc/>
    public override double Min => Precision.Round(DType, Inner.Min);

    /// <inheritdoc/>
    public override double Max => Precision.Round(DType, Inner.Max);

    internal override bool IsRandom => Inner.IsRandom;

    internal override bool Independent => Inner.Independent;

    internal override bool Homogeneous => Inner.Homogeneous;

    internal override int Components => Inner.Components;

    internal override IReadOnlyList<Law> Parts => [Inner];

    internal override Law Marginal => Inner.Marginal;

    internal override Law With(IReadOnlyList<Law> parts) => this with { Inner = parts[0] };

    /// <inheritdoc/>
    public override Law Scale(double factor) => factor == 0 ? new ConstantLaw(0) : new ScaledLaw(this, factor);

    /// <inheritdoc/>
    public override string ToString() => $"{Inner} as {DType}";
}
