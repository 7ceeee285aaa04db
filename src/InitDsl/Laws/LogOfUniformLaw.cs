namespace InitDsl;

/// <summary>
/// Independent, log U with U uniform between two bounds: density eˣ/(high − low). With r = high/low the mean is
/// log low + r·log r/(r − 1) − 1 and the variance 1 − r·(log r)²/(r − 1)².
/// </summary>
/// <param name="Low">The lower bound of U, positive.</param>
/// <param name="High">The upper bound of U, above the lower.</param>
public sealed record LogOfUniformLaw(double Low, double High) : Law
{
    /// <summary>Below this half width the closed form loses more digits than the first terms of its series.</summary>
    private const double Narrow = 1e-2;

    /// <inheritdoc/>
    public override double Mean => Min + (Ratio * Width / (Ratio - 1)) - 1;

    /// <summary>1 − (y/sinh y)², y being half the width: the same as the formula above.</summary>
    public override double Std
    {
        get
        {
            double y = Width / 2;
            double square = y * y;
            return y < Narrow
                ? y * Math.Sqrt((1 - (square / 5)) / 3)
                : Math.Sqrt(1 - (Ratio * Width * Width / ((Ratio - 1) * (Ratio - 1))));
        }
    }

    /// <inheritdoc/>
    public override double Min => Elementary.Log(Low);

    /// <inheritdoc/>
    public override double Max => Elementary.Log(High);

    internal override bool Independent => true;

    private double Ratio => High / Low;

    private double Width => Elementary.Log(Ratio);

    internal override double Cdf(double x) => Math.Clamp((Elementary.Exp(x) - Low) / (High - Low), 0, 1);

    internal override Law? Between(double low, double high) =>
        new LogOfUniformLaw(Math.Max(Low, Elementary.Exp(low)), Math.Min(High, Elementary.Exp(high)));

    /// <inheritdoc/>
    public override Law Scale(double factor) => factor switch
    {
        0 => new ConstantLaw(0),
        1 => this,
        _ => new ScaledLaw(this, factor),
    };

    /// <inheritdoc/>
    public override string ToString() => $"LogOfUniform({Numbers.Six(Low)}, {Numbers.Six(High)})";
}
