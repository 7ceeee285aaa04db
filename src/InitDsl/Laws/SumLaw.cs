namespace InitDsl;

/// <summary>
/// The sum of two independent laws, as a blend makes it. Means and variances add up. The first side draws from the
/// parameter's stream, the second from the slice "blend" of it ("blend 2", … where the first side is a blend).
/// </summary>
/// <param name="First">The law of one summand.</param>
/// <param name="Second">The law of the other.</param>
public sealed record SumLaw(Law First, Law Second) : Law
{
    /// <inheritdoc/>
    public override double Mean => First.Mean + Second.Mean;

    /// <summary>
    /// The root of the variances' sum. Unknown where both means vary over the elements: they may vary together.
    /// </summary>
    public override double Std => First.Homogeneous || Second.Homogeneous
        ? Magnitude.Root(First.Std, Second.Std)
        : double.NaN;

    /// <inheritdoc/>
    public override double Min => First.Min + Second.Min;

    /// <inheritdoc/>
    public override double Max => First.Max + Second.Max;

    internal override bool IsRandom => First.IsRandom || Second.IsRandom;

    internal override bool Independent => First.Independent && Second.Independent;

    internal override bool Homogeneous => First.Homogeneous && Second.Homogeneous;

    internal override int Components => First.Components;

    internal override IReadOnlyList<Law> Parts => [First, Second];

    internal override int Blends => First.Blends + 1;

    /// <summary>The name of the stream that the second side draws from.</summary>
    internal string SecondSlice => First.Blends == 0 ? "blend" : $"blend {Blends}";

    internal override Law Marginal => (First.Marginal, Second.Marginal) switch
    {
        (NormalLaw a, NormalLaw b) => new NormalLaw(a.Mean + b.Mean, Magnitude.Root(a.Std, b.Std)),
        (ConstantLaw a, ConstantLaw b) => new ConstantLaw(a.Value + b.Value),
        (ConstantLaw a, { } b) => Shifted(b, a.Value) ?? this,
        ({ } a, ConstantLaw b) => Shifted(a, b.Value) ?? this,
        _ => this,
    };

    internal override Law With(IReadOnlyList<Law> parts) => new SumLaw(parts[0], parts[1]);

    /// <inheritdoc/>
    public override Law Scale(double factor) => new SumLaw(First.Scale(factor), Second.Scale(factor));

    /// <inheritdoc/>
    public override string ToString() => $"{First} + {Second}";

    private static Law? Shifted(Law law, double by) => law switch
    {
        NormalLaw normal => new NormalLaw(normal.Mean + by, normal.Std),
        UniformLaw uniform => new UniformLaw(uniform.Low + by, uniform.High + by),
        TruncatedNormalLaw cut => new TruncatedNormalLaw(cut.Location + by, cut.Spread, cut.Low + by, cut.High + by),
        _ => null,
    };
}
