namespace InitDsl;

/// <summary>
/// Values moved into an interval: what lies outside becomes the nearer bound. The moments are those of a mixture: the
/// lower bound with the probability of lying below it, the upper one likewise, and between them the law cut off
/// there. They are known for uniform and normal laws, truncated or not, and the logarithm of a uniform one.
/// </summary>
/// <param name="Inner">The law of the values before.</param>
/// <param name="Low">The lower bound; −∞ for none.</param>
/// <param name="High">The upper bound; +∞ for none.</param>
public sealed record ClampedLaw(Law Inner, double Low, double High) : Law
{
    /// <summary>Less than this is as good as never.</summary>
    private const double Negligible = 1e-20;

    /// <inheritdoc/>
    public override double Mean => Centre ?? (Mixed() is { } parts ? Mixture.Mean(parts) : double.NaN);

    /// <inheritdoc/>
    public override double Std => Mixed() is { } parts ? Mixture.Std(parts) : double.NaN;

    /// <inheritdoc/>
    public override double Min => Math.Clamp(Inner.Min, Low, High);

    /// <inheritdoc/>
    public override double Max => Math.Clamp(Inner.Max, Low, High);

    internal override bool IsRandom => Inner.IsRandom;

    internal override bool Independent => Inner.Independent;

    internal override bool Homogeneous => Inner.Homogeneous;

    internal override double? Centre => Inner.Marginal.Centre is { } centre && centre - Low == High - centre ? centre : null;

    internal override int Components => Inner.Components;

    internal override IReadOnlyList<Law> Parts => [Inner];

    internal override Law Marginal => this with { Inner = Inner.Marginal };

    internal override Law With(IReadOnlyList<Law> parts) => this with { Inner = parts[0] };

    internal override double Cdf(double x) => x < Low ? 0 : x >= High ? 1 : Inner.Cdf(x);

    /// <inheritdoc/>
    public override Law Scale(double factor) => factor switch
    {
        0 => new ConstantLaw(0),
        < 0 => Inner.Scale(factor).Clamp(High * factor, Low * factor),
        _ => Inner.Scale(factor).Clamp(Low * factor, High * factor),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Inner} clamped to {Numbers.Short(Low)} … {Numbers.Short(High)}";

    private protected override Law Clamped(double low, double high) =>
        Inner.Clamp(Math.Clamp(Low, low, high), Math.Clamp(High, low, high));

    private List<(double Share, Law Law)>? Mixed()
    {
        Law inner = Inner.Marginal;
        double below = double.IsNegativeInfinity(Low) ? 0 : inner.Cdf(Low);
        double above = double.IsPositiveInfinity(High) ? 0 : 1 - inner.Cdf(High);
        double between = 1 - below - above;
        if (double.IsNaN(between))
        {
            return null;
        }

        var parts = new List<(double Share, Law Law)>();
        if (below > 0)
        {
            parts.Add((below, new ConstantLaw(Low)));
        }

        if (above > 0)
        {
            parts.Add((above, new ConstantLaw(High)));
        }

        if (between > Negligible)
        {
            if (inner.Between(Low, High) is not { } middle)
            {
                return null;
            }

            parts.Add((between, middle));
        }

        return parts;
    }
}
