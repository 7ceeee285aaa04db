namespace InitDsl;

/// <summary>
/// No two parameters of one draw start alike or correlated. Given the one, a sum Σ aᵢzᵢ over the other's standardised
/// values is sub-Gaussian: P(|Σ aᵢzᵢ| > t·‖a‖) ≤ 2·exp(−t²/2c²), with c = 1 for normal and uniform laws and (Hoeffding) their
/// reach in standard deviations for others.
/// </summary>
internal sealed class StreamsApart : Property
{
    /// <summary>How many elements of each parameter are compared at most.</summary>
    private const int Most = 4096;
    private const int FailuresShown = 3;

    internal override InitProperties Kind => InitProperties.Streams;

    internal override string? WhyNotAsked(Subject subject, IReadOnlyList<Drawn> first) =>
        Compared(first).Skip(1).Any() ? null : "fewer than two parameters are drawn with values enough to compare";

    internal override int Tests(IReadOnlyList<Drawn> first)
    {
        int count = Compared(first).Count();
        return count * (count - 1) / 2;
    }

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        Drawn[] compared = [.. Compared(sample.First)];
        double[][] standardised = [.. compared.Select(Standardised)];
        double[] spreads = [.. compared.Select(drawn => Spread(drawn.Law))];
        var found = new List<InitLawFailure>();
        for (int i = 0; i < compared.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Compare(standardised[j], standardised[i], Math.Min(spreads[i], spreads[j]), sample.Each) is { } what)
                {
                    found.Add(sample.Failure(Kind, compared[i].Path, $"{compared[i].Path} starts like {compared[j].Path}: {what}"));
                }
            }
        }

        return found.Count <= FailuresShown
            ? found
            : [.. found.Take(FailuresShown), sample.Failure(Kind, "", $"{found.Count - FailuresShown} more pairs of parameters start alike")];
    }

    /// <summary>Random parameters with so many random elements that they do not agree by chance.</summary>
    private static IEnumerable<Drawn> Compared(IReadOnlyList<Drawn> draw) => draw.Where(drawn =>
        Repetition.Of(drawn) is { WholeAlike: < 1e-30 } && drawn.Law is { Components: 1 } && !double.IsNaN(drawn.Law.Std) && drawn.Law.Std > 0);

    private static string? Compare(double[] first, double[] second, double spread, double each)
    {
        int count = Math.Min(first.Length, second.Length);
        if (count >= 4 && first.AsSpan(0, count).SequenceEqual(second.AsSpan(0, count)))
        {
            return $"its {count} first values are the same";
        }

        double product = 0;
        double firstSquares = 0;
        double secondSquares = 0;
        for (int i = 0; i < count; i++)
        {
            product += first[i] * second[i];
            firstSquares += first[i] * first[i];
            secondSquares += second[i] * second[i];
        }

        double limit = spread * Math.Sqrt(2 * Math.Log(2 / each));
        double correlation = product / Math.Sqrt(firstSquares * secondSquares);
        return Math.Abs(product) > limit * Math.Sqrt(Math.Max(firstSquares, secondSquares))
            ? $"the correlation of {count} values is {Numbers.Short(correlation)}, at most {Numbers.Short(limit / Math.Sqrt(count))} expected"
            : null;
    }

    private static double[] Standardised(Drawn drawn)
    {
        (double mean, double std) = (drawn.Law.Mean, drawn.Law.Std);
        return [.. drawn.Values.Take(Most).Select(value => (value - mean) / std)];
    }

    /// <summary>c above; infinite for laws whose elements are not independent, of which only likeness is asked.</summary>
    private static double Spread(Law law) => law switch
    {
        { Independent: false } => double.PositiveInfinity,
        { Marginal: NormalLaw or UniformLaw } => 1,
        _ => Math.Max(law.Marginal.Max - law.Mean, law.Mean - law.Marginal.Min) / law.Std,
    };
}
