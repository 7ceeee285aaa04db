namespace InitDsl;

/// <summary>
/// Complex elements with independent parts. The moments and bounds are those of the whole: the mean is the real
/// part's (the imaginary part's is 0 in every law here), the variance is the sum of both parts'.
/// </summary>
/// <param name="Real">The law of the real parts.</param>
/// <param name="Imaginary">The law of the imaginary parts.</param>
public sealed record ComplexLaw(Law Real, Law Imaginary) : Law
{
    /// <inheritdoc/>
    public override double Mean => Real.Mean;

    /// <inheritdoc/>
    public override double Std => Magnitude.Root(Real.Std, Imaginary.Std);

    /// <inheritdoc/>
    public override double Min => Math.Min(Real.Min, Imaginary.Min);

    /// <inheritdoc/>
    public override double Max => Math.Max(Real.Max, Imaginary.Max);

    internal override int Components => 2;

    internal override bool Homogeneous => Real.Homogeneous && Imaginary.Homogeneous;

    internal override bool IsRandom => Real.IsRandom || Imaginary.IsRandom;

    /// <inheritdoc/>
    public override Law Scale(double factor) => new ComplexLaw(Real.Scale(factor), Imaginary.Scale(factor));

    /// <inheritdoc/>
    public override string ToString() => $"{Real} + {Imaginary}·i";
}
