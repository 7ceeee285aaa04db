namespace InitDsl;

/// <summary>
/// A uniformly distributed (Haar) matrix with orthonormal rows or columns, whichever are fewer, times a gain.
/// Source: Saxe, McClelland, Ganguli 2013, "Exact solutions to the nonlinear dynamics of learning in deep linear
/// neural networks"; drawn as the product of random reflections, as in Stewart 1980 and Mezzadri 2007, whose
/// distribution is Haar's. float64 parameters are computed in float64, others in float32.
/// </summary>
/// <param name="Rows">The size of the first dimension.</param>
/// <param name="Columns">The product of the others.</param>
/// <param name="Gain">What the matrix is multiplied by.</param>
public sealed record OrthogonalLaw(long Rows, long Columns, double Gain) : Law
{
    /// <inheritdoc/>
    public override double Mean => 0;

    /// <summary>
    /// gain/√max(rows, columns): rows of unit length have mean squares of 1/columns.
    /// </summary>
    public override double Std => Rows * Columns == 0 ? 0 : Math.Abs(Gain) / Math.Sqrt(Math.Max(Rows, Columns));

    /// <inheritdoc/>
    public override double Min => -Math.Abs(Gain);

    /// <inheritdoc/>
    public override double Max => Math.Abs(Gain);

    internal override bool Homogeneous => true;

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Gain = Gain * factor };

    /// <inheritdoc/>
    public override string ToString() => $"Orthogonal({Numbers.Six(Gain)})";
}
