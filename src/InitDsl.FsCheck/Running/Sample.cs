namespace InitDsl;

/// <summary>The draws of one check: of consecutive seeds, to be pooled.</summary>
internal sealed class Sample
{
    private const int MostDraws = 64;
    private const long MostValues = 16_000_000;

    /// <summary>How many draws each parameter needs.</summary>
    private readonly long[] wanted;

    private Sample(
        Subject subject, InitLawOptions options, double each, long[] wanted, IReadOnlyList<IReadOnlyList<Drawn>> draws, IReadOnlyList<Drawn>? again)
    {
        Again = again;
        this.wanted = wanted;
        Subject = subject;
        Options = options;
        Each = each;
        Draws = draws;
    }

    internal Subject Subject { get; }

    internal InitLawOptions Options { get; }

    /// <summary>The false alarms of each single test.</summary>
    internal double Each { get; }

    internal long Seed => Options.Seed;

    /// <summary>By seed, then by parameter.</summary>
    internal IReadOnlyList<IReadOnlyList<Drawn>> Draws { get; }

    internal IReadOnlyList<Drawn> First => Draws[0];

    /// <summary>The first draw once more, to be compared; null where it is not asked whether it is the same.</summary>
    internal IReadOnlyList<Drawn>? Again { get; }

    /// <summary>Whether elements of several draws may be put together: each is drawn by itself from one law.</summary>
    internal static bool Pools(Law law) => law is { IsRandom: true, Independent: true, Components: 1 };

    /// <summary>Draws as often as it takes to find the deviation that must be found.</summary>
    internal static Sample Of(Subject subject, InitLawOptions options, InitProperties asked, IReadOnlyList<Drawn> first, IReadOnlyList<Drawn>? again, int tests)
    {
        double each = options.FalseAlarm / Math.Max(1, tests);
        bool measures = (asked & (InitProperties.Bounds | InitProperties.Moments | InitProperties.Distribution)) != 0;
        long[] wanted =
        [
            .. first.Select(drawn => measures && Pools(drawn.Law) && SampleSize.CanFind(drawn.Law.Marginal) && drawn.Values.Length > 0
                ? Times(SampleSize.For(drawn.Law.Marginal, options.Deviation, each, 1 - options.Power), drawn.Values.Length)
                : 1),
        ];
        long affordable = Math.Max(1, MostValues / Math.Max(1, first.Sum(drawn => (long)drawn.Values.Length)));
        int draws = (int)Math.Min(Math.Min(wanted.DefaultIfEmpty(1).Max(), MostDraws), affordable);
        return new(
            subject,
            options,
            each,
            wanted,
            [first, .. Enumerable.Range(1, draws - 1).Select(i => subject.Draw(options.Seed + i))],
            again);
    }

    /// <summary>All values of one parameter that are looked at together.</summary>
    internal double[] Pooled(int parameter) => wanted[parameter] == 1
        ? First[parameter].Values
        : [.. Draws.Take((int)Math.Min(wanted[parameter], Draws.Count)).SelectMany(draw => draw[parameter].Values)];

    internal InitLawFailure Failure(InitProperties property, string path, string message, long? seed = null) =>
        new(property, path, message, Subject.Repro(path, seed ?? Seed));

    private static long Times(long needed, long each) => (needed / each) + (needed % each == 0 ? 0 : 1);
}
