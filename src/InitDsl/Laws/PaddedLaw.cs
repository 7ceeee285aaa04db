namespace InitDsl;

/// <summary>A law for every row but one, which is zero: an embedding table with its padding entry.</summary>
/// <param name="Inner">The law of the other rows.</param>
/// <param name="Shape">The table's shape, entries first.</param>
/// <param name="PaddingIndex">The zero row.</param>
public sealed record PaddedLaw(Law Inner, Shape Shape, long PaddingIndex) : Law
{
    /// <inheritdoc/>
    public override double Mean => Inner.Mean * Share;

    /// <inheritdoc/>
    public override double Std =>
        Math.Sqrt((Share * Inner.Std * Inner.Std) + (Share * (1 - Share) * Inner.Mean * Inner.Mean));

    /// <inheritdoc/>
    public override double Min => Math.Min(0, Inner.Min);

    /// <inheritdoc/>
    public override double Max => Math.Max(0, Inner.Max);

    internal override bool IsRandom => Inner.IsRandom;

    internal override int Components => Inner.Components;

    internal override IReadOnlyList<Law> Parts => [Inner];

    internal override Law With(IReadOnlyList<Law> parts) => this with { Inner = parts[0] };

    internal override Law Cast(DType dtype) => this with { Inner = Inner.Cast(dtype) };

    internal long RowLength => Shape.Elements / Shape[0];

    private double Share => 1 - (1.0 / Shape[0]);

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Inner = Inner.Scale(factor) };

    /// <inheritdoc/>
    public override string ToString() => $"{Inner}, row {PaddingIndex} zero";
}
