namespace InitDsl;

/// <summary>Independent elements, each one of some numbers.</summary>
internal sealed record DiscreteLaw(double[] Values, double[] Probabilities) : Law
{
    public override double Mean => Values.Zip(Probabilities, (value, probability) => value * probability).Sum();

    public override double Std =>
        Math.Sqrt(Values.Zip(Probabilities, (value, probability) => probability * (value - Mean) * (value - Mean)).Sum());

    public override double Min => Values[0];

    public override double Max => Values[^1];

    internal override bool Independent => true;

    internal override double Cdf(double x) => x >= Max
        ? 1
        : Values.Zip(Probabilities).TakeWhile(atom => atom.First <= x).Sum(atom => atom.Second);

    public override Law Scale(double factor) => factor switch
    {
        0 => new ConstantLaw(0),
        < 0 => new DiscreteLaw([.. Values.Reverse().Select(value => value * factor)], [.. Probabilities.Reverse()]),
        _ => new DiscreteLaw([.. Values.Select(value => value * factor)], Probabilities),
    };

    public override string ToString() =>
        $"Discrete({string.Join(", ", Values.Zip(Probabilities, (value, probability) => $"{Numbers.Six(value)}: {Numbers.Six(probability)}"))})";
}
