namespace InitDsl;

/// <summary>Every element is the same number.</summary>
/// <param name="Value">That number.</param>
public sealed record ConstantLaw(double Value) : Law
{
    /// <inheritdoc/>
    public override double Mean => Value;

    /// <inheritdoc/>
    public override double Std => 0;

    /// <inheritdoc/>
    public override double Min => Value;

    /// <inheritdoc/>
    public override double Max => Value;

    internal override bool IsRandom => false;

    internal override bool Independent => true;

    internal override Law Cast(DType dtype) => new ConstantLaw(Precision.Round(dtype, Value));

    private protected override Law Clamped(double low, double high) => new ConstantLaw(Math.Clamp(Value, low, high));

    /// <inheritdoc/>
    public override Law Scale(double factor) => new ConstantLaw(Value * factor);

    /// <inheritdoc/>
    public override string ToString() => $"Const({Numbers.Six(Value)})";
}
