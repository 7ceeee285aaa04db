namespace InitDsl;

/// <summary>Asks a subject for its properties, one after the other.</summary>
internal static class Examination
{
    private static readonly Deterministic Determinism = new();

    private static readonly IReadOnlyList<Property> All =
    [
        new LawHeld(), new CellCounts(), Determinism, new OrderFree(), new NothingBeside(), new StreamsApart(), new UnitsApart(),
        new VarianceKept(), new Idempotent(), new MonoidLaws(),
    ];

    internal static InitLawReport Of(Subject subject, InitLawOptions? chosen)
    {
        InitLawOptions options = chosen ?? InitLawOptions.Default;
        var asked = new List<Property>();
        var notAsked = new List<(InitProperties Kind, string Why)>();
        IReadOnlyList<Drawn> first = subject.Draw(options.Seed);
        foreach (Property property in All.Where(property => (property.Kind & options.Properties) != 0))
        {
            if (property.WhyNotAsked(subject, first) is { } why)
            {
                notAsked.Add((property.Kind, why));
            }
            else
            {
                asked.Add(property);
            }
        }

        Property[] moot = [];
        IReadOnlyList<Drawn>? again = asked.Contains(Determinism) ? subject.Draw(options.Seed) : null;
        if (again is not null && Deterministic.Fails(first, again))
        {
            // Said first, and what fails for that alone not at all.
            asked.Remove(Determinism);
            asked.Insert(0, Determinism);
            bool laws = Deterministic.LawsDiffer(first, again);
            moot = [.. asked.Where(property => property != Determinism && (laws || property.ComparesDraws))];
            asked.RemoveAll(moot.Contains);
            notAsked.AddRange(moot.Select(property => (property.Kind, "the same seed gives other values, and that would only show again")));
        }

        InitProperties kinds = Kinds(asked) & options.Properties;
        int tests = asked.Sum(property => property.Tests(first));
        Sample sample = Sample.Of(subject, options, kinds, first, again, tests);
        InitLawFailure[] failures =
            [.. asked.SelectMany(property => property.Check(sample)).Where(failure => (failure.Property & options.Properties) != 0)];
        string[] leftOut = [.. Texts(notAsked, options.Properties), .. asked.SelectMany(property => property.LeftOut(subject, options)), .. subject.NotDrawn];

        // Last, since it asks the subject again.
        Property[] idle = [.. asked.Where(property => property.AsksNothing(subject, options))];
        return new(
            subject.Name,
            options,
            kinds & ~Kinds(idle) & ~Kinds(moot),
            [.. first.Select((drawn, i) => Measured(sample, drawn, i))],
            tests - idle.Sum(property => property.Tests(first)),
            failures,
            leftOut);
    }

    /// <exception cref="InitLawException">Some property does not hold.</exception>
    internal static InitLawReport OrThrow(InitLawReport report) => report.Passed ? report : throw new InitLawException(report);

    private static InitProperties Kinds(IEnumerable<Property> properties) =>
        properties.Aggregate(InitProperties.None, (all, property) => all | property.Kind);

    /// <summary>What was not asked, a reason a line.</summary>
    private static IEnumerable<string> Texts(IEnumerable<(InitProperties Kind, string Why)> notAsked, InitProperties wanted) =>
        notAsked.GroupBy(one => one.Why, one => one.Kind).Select(group =>
            $"{group.Aggregate(InitProperties.None, (all, kind) => all | kind) & wanted}: {group.Key}");

    private static InitLawMeasured Measured(Sample sample, Drawn drawn, int parameter)
    {
        long values = sample.Pooled(parameter).LongLength;
        double deviation = Sample.Pools(drawn.Law) && SampleSize.CanFind(drawn.Law.Marginal) && values > 0
            ? SampleSize.Deviation(drawn.Law.Marginal, values, sample.Each, 1 - sample.Options.Power)
            : double.NaN;
        return new(drawn.Path, drawn.Law, values, deviation);
    }
}
