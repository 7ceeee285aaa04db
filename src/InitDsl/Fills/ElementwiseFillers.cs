namespace InitDsl;

/// <summary>One number everywhere.</summary>
internal sealed class ConstantFiller(double value) : Filler
{
    internal override bool IsConstant => true;

    public override void Fill(long start, Span<float> destination) => destination.Fill((float)value);

    public override void Fill(long start, Span<double> destination) => destination.Fill(value);
}

internal sealed class UniformFiller(UniformLaw law, StreamKey stream) : Filler
{
    public override void Fill(long start, Span<float> destination) =>
        UniformDraws.Fill(stream, start, destination, law.Low, law.High);

    public override void Fill(long start, Span<double> destination) =>
        UniformDraws.Fill(stream, start, destination, law.Low, law.High);
}

internal sealed class NormalFiller(NormalLaw law, StreamKey stream) : Filler
{
    public override void Fill(long start, Span<float> destination) =>
        NormalDraws.Fill(stream, start, destination, law.Mean, law.Std);

    public override void Fill(long start, Span<double> destination) =>
        NormalDraws.Fill(stream, start, destination, law.Mean, law.Std);
}

internal sealed class TruncatedNormalFiller(TruncatedNormalLaw law, StreamKey stream) : Filler
{
    // A parameter is filled in many parts, and these constants take as long as a thousand values.
    private readonly Lazy<TruncatedNormalDraws.Singles> singles = new(() => new(law.Parameters));
    private readonly Lazy<TruncatedNormalDraws.Doubles> doubles = new(() => new(law.Parameters));

    public override void Fill(long start, Span<float> destination) =>
        TruncatedNormalDraws.Fill(stream, start, destination, singles.Value);

    public override void Fill(long start, Span<double> destination) =>
        TruncatedNormalDraws.Fill(stream, start, destination, doubles.Value);
}
