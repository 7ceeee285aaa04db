namespace InitDsl;

/// <summary>The same seed gives the same values, another seed other ones.</summary>
internal sealed class Deterministic : Property
{
    internal override InitProperties Kind => InitProperties.Determinism;

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        InitLawFailure[] unlike = [.. Unlike(sample, sample.Subject.Draw(sample.Seed), "the same seed gives other values")];
        foreach (InitLawFailure failure in unlike)
        {
            yield return sample.Subject.WhyNotDeterministic(sample.Seed) is { } why
                ? failure with { Message = $"{why}: {failure.Message}" }
                : failure;
        }

        if (unlike.Length > 0)
        {
            yield break;
        }

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
                $"the seeds {sample.Seed} and {~sample.Seed} give the same values{(alike.Length > 1 ? $"; {alike.Length - 1} more parameters likewise" : "")}");
        }
    }
}
