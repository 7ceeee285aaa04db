namespace InitDsl;

/// <summary>Independent elements of a law whose distribution function somebody stated.</summary>
internal sealed record ContinuousLaw(Func<double, double> Distribution, double TheMean, double TheStd, double Least, double Most) : Law
{
    public override double Mean => TheMean;

    public override double Std => TheStd;

    public override double Min => Least;

    public override double Max => Most;

    internal override bool Independent => true;

    internal override double Cdf(double x) => Distribution(x);

    public override Law Scale(double factor) => throw new NotSupportedException("A stated law is not composed with others.");

    public override string ToString() => $"Continuous(mean {Numbers.Six(Mean)}, std {Numbers.Six(Std)})";
}
