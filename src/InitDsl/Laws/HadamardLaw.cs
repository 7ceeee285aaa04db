namespace InitDsl;

/// <summary>
/// The upper left part of a Hadamard matrix in Sylvester's order: ±value, negative where the binary forms of row and
/// column have an odd number of ones in common.
/// </summary>
/// <param name="Rows">The size of the first dimension.</param>
/// <param name="Columns">The size of the second.</param>
/// <param name="Value">The size of every element.</param>
public sealed record HadamardLaw(long Rows, long Columns, double Value) : Law
{
    /// <inheritdoc/>
    public override double Mean => Rows * Columns == 0 ? 0 : Value * SumOfSigns() / ((double)Rows * Columns);

    /// <inheritdoc/>
    public override double Std => Rows * Columns == 0 ? 0 : Math.Sqrt(Math.Max(0, (Value * Value) - (Mean * Mean)));

    /// <inheritdoc/>
    public override double Min => Rows > 1 && Columns > 1 ? -Math.Abs(Value) : Value;

    /// <inheritdoc/>
    public override double Max => Rows > 1 && Columns > 1 ? Math.Abs(Value) : Value;

    internal override bool IsRandom => false;

    internal override Law Cast(DType dtype) => this with { Value = Precision.Round(dtype, Value) };

    internal static bool IsNegative(long row, long column) => (long.PopCount(row & column) & 1) == 1;

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Value = Value * factor };

    /// <inheritdoc/>
    public override string ToString() => $"Hadamard × {Numbers.Six(Value)}";

    private long SumOfSigns()
    {
        long sum = 0;
        for (long row = 0; row < Rows; row++)
        {
            for (long column = 0; column < Columns; column++)
            {
                sum += IsNegative(row, column) ? -1 : 1;
            }
        }

        return sum;
    }
}
