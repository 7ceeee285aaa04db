namespace InitDsl;

/// <summary>The same seed gives the same values, another seed other ones.</summary>
internal sealed class Deterministic : Property
{
    internal override InitProperties Kind => InitProperties.Determinism;

    /// <summary>Whether another seed gives the same values by chance, of each parameter that is drawn.</summary>
    internal override int Tests(IReadOnlyList<Drawn> first) => first.Count(drawn => Repetition.Of(drawn) is not null);

    internal override IEnumerable<InitLawFailure> Check(Sample sample) =>
        sample.Again is { } again && Fails(sample.First, again) ? SameSeed(sample, again) : OtherSeed(sample);

    /// <summary>Whether two draws of one seed differ.</summary>
    internal static bool Fails(IReadOnlyList<Drawn> first, IReadOnlyList<Drawn> again) =>
        first.Count != again.Count || first.Zip(again).Any(pair => Differ(pair.First, pair.Second));

    /// <summary>Whether even what the values should follow is another.</summary>
    internal static bool LawsDiffer(IReadOnlyList<Drawn> first, IReadOnlyList<Drawn> again) =>
        first.Count != again.Count || first.Zip(again).Any(pair => OtherLaw(pair.First, pair.Second));

    private static bool OtherLaw(Drawn first, Drawn second) => first.Law.ToString() != second.Law.ToString();

    private IEnumerable<InitLawFailure> SameSeed(Sample sample, IReadOnlyList<Drawn> again)
    {
        string? why = sample.Subject.WhyNotDeterministic(sample.Seed);
        (Drawn? law, Drawn? other) = sample.First.Zip(again).FirstOrDefault(pair => OtherLaw(pair.First, pair.Second));
        foreach (InitLawFailure failure in Unlike(sample, again, "the same seed gives other values"))
        {
            string message = why is null ? failure.Message : $"{why}: {failure.Message}";
            yield return failure with { Message = law is null ? message : $"{message}. Already the law is another, {law.Law}, then {other!.Law}: a function that rules are given must depend on its argument alone" };
        }
    }

    private IEnumerable<InitLawFailure> OtherSeed(Sample sample)
    {
        // Far from the seeds that are pooled.
        IReadOnlyList<Drawn> other = sample.Subject.Draw(~sample.Seed);
        Drawn[] alike =
        [
            .. sample.First.Where((drawn, i) =>
                drawn.Law.IsRandom && Repetition.Of(drawn) is { } repetition && repetition.WholeAlike <= sample.Each
                && i < other.Count && drawn.Same(other[i])),
        ];
        if (alike.Length > 0)
        {
            yield return sample.Failure(
                Kind,
                alike[0].Path,
                $"the seeds {sample.Seed} and {~sample.Seed} give the same values{Likewise(alike.Length)}");
        }
    }
}
