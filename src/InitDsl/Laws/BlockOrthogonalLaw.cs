namespace InitDsl;

/// <summary>
/// A convolution kernel that keeps the length of every input under circular padding, spread over all its positions:
/// an orthonormal matrix times a convolution of size − 1 kernels [P₁P₂, P₁(1 − P₂); (1 − P₁)P₂, (1 − P₁)(1 − P₂)] of
/// random projections. An input of one pixel has a length of gain in all positions together, so that the mean square
/// is gain²/(outputs · positions).
/// </summary>
/// <param name="Shape">[out, in, size…], of equal sizes.</param>
/// <param name="Gain">What the kernel is multiplied by.</param>
public sealed record BlockOrthogonalLaw(Shape Shape, double Gain) : Law
{
    /// <inheritdoc/>
    public override double Mean => 0;

    /// <inheritdoc/>
    public override double Std => Shape.Elements == 0 ? 0 : Math.Abs(Gain) / Math.Sqrt((double)Shape.Elements / Shape[1]);

    /// <inheritdoc/>
    public override double Min => -Math.Abs(Gain);

    /// <inheritdoc/>
    public override double Max => Math.Abs(Gain);

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Gain = Gain * factor };

    /// <inheritdoc/>
    public override string ToString() => $"BlockOrthogonal({Numbers.Six(Gain)})";
}
