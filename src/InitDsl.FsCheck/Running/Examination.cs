namespace InitDsl;

/// <summary>Asks a subject for its properties, one after the other.</summary>
internal static class Examination
{
    private static readonly IReadOnlyList<Property> All =
    [
        new LawHeld(), new CellCounts(), new Deterministic(), new OrderFree(), new StreamsApart(), new UnitsApart(),
        new VarianceKept(), new Idempotent(), new MonoidLaws(),
    ];

    internal static InitLawReport Of(Subject subject, InitLawOptions? chosen)
    {
        InitLawOptions options = chosen ?? InitLawOptions.Default;
        var asked = new List<Property>();
        var notAsked = new List<string>();
        foreach (Property property in All.Where(property => (property.Kind & options.Properties) != 0))
        {
            if (property.WhyNotAsked(subject) is { } why)
            {
                notAsked.Add($"{property.Kind}: {why}");
            }
            else
            {
                asked.Add(property);
            }
        }

        IReadOnlyList<Drawn> first = subject.Draw(options.Seed);
        int tests = asked.Sum(property => property.Tests(first));
        Sample sample = Sample.Of(subject, options, first, tests);
        InitLawFailure[] failures =
            [.. asked.SelectMany(property => property.Check(sample)).Where(failure => (failure.Property & options.Properties) != 0)];
        return new(
            subject.Name,
            options,
            asked.Aggregate(InitProperties.None, (kinds, property) => kinds | property.Kind) & options.Properties,
            [.. first.Select((drawn, i) => Measured(sample, drawn, i))],
            tests,
            failures,
            notAsked);
    }

    /// <exception cref="InitLawException">Some property does not hold.</exception>
    internal static InitLawReport OrThrow(InitLawReport report) => report.Passed ? report : throw new InitLawException(report);

    private static InitLawMeasured Measured(Sample sample, Drawn drawn, int parameter)
    {
        long values = sample.Pooled(parameter).LongLength;
        double deviation = Sample.Pools(drawn.Law) && values > 0
            ? SampleSize.Deviation(drawn.Law.Marginal, values, sample.Each, 1 - sample.Options.Power)
            : double.NaN;
        return new(sample.First[parameter].Path, drawn.Law, values, deviation);
    }
}
