namespace InitDsl;

/// <summary>
/// A law for some elements, one number for the others. Where all elements of the inner law have one distribution the
/// moments are those of the mixture: mean m·s + e·(1 − s) for a share s of elements that stay.
/// </summary>
public sealed record MaskedLaw : Law
{
    internal MaskedLaw(Law inner, ElementMask mask, double elsewhere = 0)
    {
        Inner = inner;
        Mask = mask;
        Elsewhere = elsewhere;
    }

    /// <summary>The law of the elements that stay.</summary>
    public Law Inner { get; private init; }

    /// <summary>What the other elements are: 0, unless it was clamped.</summary>
    public double Elsewhere { get; private init; }

    /// <summary>The share of elements that stay.</summary>
    public double Share => Mask.Share;

    /// <inheritdoc/>
    public override double Mean => Inner.Homogeneous ? Mixture.Mean(Mixed) : double.NaN;

    /// <inheritdoc/>
    public override double Std => Inner.Homogeneous ? Mixture.Std(Mixed) : double.NaN;

    /// <inheritdoc/>
    public override double Min => Share == 1 ? Inner.Min : Share == 0 ? Elsewhere : Math.Min(Inner.Min, Elsewhere);

    /// <inheritdoc/>
    public override double Max => Share == 1 ? Inner.Max : Share == 0 ? Elsewhere : Math.Max(Inner.Max, Elsewhere);

    internal ElementMask Mask { get; }

    internal override bool IsRandom => Inner.IsRandom;

    internal override string Digest => $"{Inner.Digest} {Mask.Digest}".TrimStart();

    internal override int Components => Inner.Components;

    internal override IReadOnlyList<Law> Parts => [Inner];

    private (double Share, Law Law)[] Mixed => [(Share, Inner), (1 - Share, new ConstantLaw(Elsewhere))];

    internal override Law With(IReadOnlyList<Law> parts) => this with { Inner = parts[0] };

    internal override Law Cast(DType dtype) =>
        this with { Inner = Inner.Cast(dtype), Elsewhere = Precision.Round(dtype, Elsewhere) };

    /// <inheritdoc/>
    public override Law Scale(double factor) =>
        this with { Inner = Inner.Scale(factor), Elsewhere = Elsewhere * factor };

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Inner} where masked ({Numbers.Short(100 * Share)}%), {Numbers.Six(Elsewhere)} elsewhere";

    private protected override Law Clamped(double low, double high) =>
        this with { Inner = Inner.Clamp(low, high), Elsewhere = Math.Clamp(Elsewhere, low, high) };
}
