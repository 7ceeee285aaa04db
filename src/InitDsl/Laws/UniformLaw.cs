namespace InitDsl;

/// <summary>Independent, evenly distributed between two bounds.</summary>
/// <param name="Low">The lower bound; it is reached.</param>
/// <param name="High">The upper bound; reached by rounding only.</param>
public sealed record UniformLaw(double Low, double High) : Law
{
    /// <inheritdoc/>
    public override double Mean => (Low + High) / 2;

    /// <inheritdoc/>
    public override double Std => (High - Low) / Math.Sqrt(12);

    /// <inheritdoc/>
    public override double Min => Low;

    /// <inheritdoc/>
    public override double Max => High;

    /// <inheritdoc/>
    public override Law Scale(double factor) =>
        factor < 0 ? new UniformLaw(High * factor, Low * factor) : new UniformLaw(Low * factor, High * factor);

    /// <inheritdoc/>
    public override string ToString() => $"Uniform({Numbers.Six(Low)}, {Numbers.Six(High)})";
}
