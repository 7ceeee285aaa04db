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

    internal override bool Independent => true;

    internal override double? Centre => Mean;

    internal override double Cdf(double x) => Math.Clamp((x - Low) / (High - Low), 0, 1);

    internal override Law? Between(double low, double high) => new UniformLaw(Math.Max(Low, low), Math.Min(High, high));

    /// <inheritdoc/>
    public override Law Scale(double factor) =>
        factor < 0 ? new UniformLaw(High * factor, Low * factor) : new UniformLaw(Low * factor, High * factor);

    /// <inheritdoc/>
    public override string ToString() => $"Uniform({Numbers.Six(Low)}, {Numbers.Six(High)})";
}
