namespace InitDsl;

/// <summary>
/// Complex elements with a uniform phase, independent of the modulus. Mean 0; the standard deviation is that of the
/// complex number, √E|z|², shared evenly by both parts; the bounds are those of either part.
/// </summary>
public abstract record CircularLaw : Law
{
    private protected CircularLaw()
    {
    }

    /// <inheritdoc/>
    public override double Mean => 0;

    /// <summary>The largest modulus.</summary>
    public abstract double Radius { get; }

    /// <inheritdoc/>
    public override double Min => -Radius;

    /// <inheritdoc/>
    public override double Max => Radius;

    internal override int Components => 2;

    internal override bool Homogeneous => true;

    /// <summary>The modulus that is exceeded with a probability of 1 − u.</summary>
    internal abstract double Modulus(double u);

    /// <summary>The probability that the modulus is at most r.</summary>
    internal abstract double ModulusCdf(double r);
}

/// <summary>
/// Evenly distributed over a disk: the complex counterpart of a uniform law, as JAX draws it (modulus radius·√u).
/// The standard deviation is radius/√2.
/// </summary>
/// <param name="Radius">The disk's radius.</param>
public sealed record DiskLaw(double Radius) : CircularLaw
{
    /// <inheritdoc/>
    public override double Std => Radius / Math.Sqrt(2);

    /// <inheritdoc/>
    public override double Radius { get; } = Radius;

    internal override double Modulus(double u) => Radius * Math.Sqrt(u);

    internal override double ModulusCdf(double r) => Math.Clamp(r / Radius * (r / Radius), 0, 1);

    /// <inheritdoc/>
    public override Law Scale(double factor) => factor == 0 ? new ConstantLaw(0) : new DiskLaw(Radius * Math.Abs(factor));

    /// <inheritdoc/>
    public override string ToString() => $"Disk({Numbers.Six(Radius)})";
}

/// <summary>
/// A complex normal law whose modulus, Rayleigh distributed, is cut off: the complex counterpart of a truncated
/// normal, as JAX draws it. With E|z|² = spread² before, and t = cut², the variance that remains is
/// spread²·(1 − t/(eᵗ − 1)): at cut 2 its root is 0.96196·spread. JAX divides by 0.95311164380491208 there, the root of
/// 1 − (1 + t)·e⁻ᵗ, which leaves out the division by the mass that is kept, 1 − e⁻ᵗ; its values are 0.9% wider than
/// it says.
/// </summary>
/// <param name="Spread">The standard deviation before truncation.</param>
/// <param name="Cut">The largest modulus, in spreads.</param>
public sealed record TruncatedComplexLaw(double Spread, double Cut) : CircularLaw
{
    /// <inheritdoc/>
    public override double Std => Spread * StdOfUnit(Cut);

    /// <inheritdoc/>
    public override double Radius => Spread * Cut;

    private double Mass => 1 - Elementary.Exp(-Cut * Cut);

    /// <summary>The standard deviation that is left of 1.</summary>
    internal static double StdOfUnit(double cut) => Math.Sqrt(1 - (cut * cut / (Elementary.Exp(cut * cut) - 1)));

    internal override double Modulus(double u) => Spread * Math.Sqrt(-Elementary.Log(1 - (Mass * u)));

    internal override double ModulusCdf(double r) =>
        r >= Radius ? 1 : (1 - Elementary.Exp(-(r / Spread) * (r / Spread))) / Mass;

    /// <inheritdoc/>
    public override Law Scale(double factor) =>
        factor == 0 ? new ConstantLaw(0) : this with { Spread = Spread * Math.Abs(factor) };

    /// <inheritdoc/>
    public override string ToString() => $"TruncatedComplex({Numbers.Six(Spread)}, {Numbers.Six(Cut)})";
}
