namespace InitDsl;

/// <summary>The identity matrix, cut or padded with zeros to the shape, times a factor.</summary>
/// <param name="Rows">The size of the first dimension.</param>
/// <param name="Columns">The size of the second.</param>
/// <param name="Value">The value on the diagonal.</param>
public sealed record EyeLaw(long Rows, long Columns, double Value) : Law
{
    /// <inheritdoc/>
    public override double Mean => Value * Share;

    /// <inheritdoc/>
    public override double Std => Math.Abs(Value) * Math.Sqrt(Share * (1 - Share));

    /// <inheritdoc/>
    public override double Min => Math.Min(0, Value);

    /// <inheritdoc/>
    public override double Max => Math.Max(0, Value);

    private double Share => Rows * Columns == 0 ? 0 : 1.0 / Math.Max(Rows, Columns);

    internal override bool IsRandom => false;

    internal override Law Cast(DType dtype) => this with { Value = Precision.Round(dtype, Value) };

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Value = Value * factor };

    /// <inheritdoc/>
    public override string ToString() => Value == 1 ? "Eye" : $"Eye × {Numbers.Six(Value)}";
}
