namespace InitDsl;

/// <summary>
/// Every column has the same number of zeros, ⌈sparsity · rows⌉ at random rows; the rest is normal with mean 0.
/// Source: Martens 2010, "Deep learning via Hessian-free optimization"; as PyTorch's <c>sparse_</c>.
/// </summary>
/// <param name="Rows">The size of the first dimension.</param>
/// <param name="Columns">The size of the second.</param>
/// <param name="Sparsity">The share of each column that is zero.</param>
/// <param name="Spread">The standard deviation of what is not zero.</param>
public sealed record SparseLaw(long Rows, long Columns, double Sparsity, double Spread) : Law
{
    /// <inheritdoc/>
    public override double Mean => 0;

    /// <inheritdoc/>
    public override double Std => Rows == 0 ? 0 : Spread * Math.Sqrt(1 - ((double)ZerosPerColumn / Rows));

    /// <inheritdoc/>
    public override double Min => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Max => double.PositiveInfinity;

    internal long ZerosPerColumn => (long)Math.Ceiling(Sparsity * Rows);

    internal override bool Homogeneous => true;

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Spread = Spread * Math.Abs(factor) };

    /// <inheritdoc/>
    public override string ToString() => $"Sparse({Numbers.Six(Sparsity)}, {Numbers.Six(Spread)})";
}
