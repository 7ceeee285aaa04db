namespace InitDsl;

/// <summary>Rows that stand several times one after the other: row r of the parameter is row r div times of the law.</summary>
/// <param name="Inner">The law of the rows before.</param>
/// <param name="Times">How often each stands.</param>
/// <param name="RowLength">Elements in a row: the product of all dimensions but the first.</param>
public sealed record RepeatedLaw(Law Inner, long Times, long RowLength) : Law
{
    /// <inheritdoc/>
    public override double Mean => Inner.Mean;

    /// <inheritdoc/>
    public override double Std => Inner.Std;

    /// <inheritdoc/>
    public override double Min => Inner.Min;

    /// <inheritdoc/>
    public override double Max => Inner.Max;

    internal override bool IsRandom => Inner.IsRandom;

    internal override bool Homogeneous => Inner.Homogeneous;

    internal override int Components => Inner.Components;

    internal override IReadOnlyList<Law> Parts => [Inner];

    internal override Law With(IReadOnlyList<Law> parts) => this with { Inner = parts[0] };

    internal override Law Cast(DType dtype) => this with { Inner = Inner.Cast(dtype) };

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Inner = Inner.Scale(factor) };

    /// <inheritdoc/>
    public override string ToString() => $"{Inner}, each row {Times} times";

    private protected override Law Clamped(double low, double high) => this with { Inner = Inner.Clamp(low, high) };
}
