namespace InitDsl;

/// <summary>Values follow their law: exactly where it is exact, by mean, variance and distribution where it is random.</summary>
internal sealed class LawHeld : Property
{
    internal override InitProperties Kind => InitProperties.Bounds | InitProperties.Moments | InitProperties.Distribution;

    internal override int Tests(IReadOnlyList<Drawn> first) =>
        first.Where(drawn => drawn.Values.Length > 0).Sum(drawn => LawCheck.TestsOf(drawn.Law));

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        for (int i = 0; i < sample.First.Count; i++)
        {
            Drawn drawn = sample.First[i];
            double[] values = sample.Pooled(i);
            if (values.Length == 0)
            {
                continue;
            }

            foreach ((string property, string what) in LawCheck.Of(
                         ValueView.Of(drawn.Spec.DType, values), drawn.Law, sample.Each, LawCheck.Everything))
            {
                yield return sample.Failure(KindOf(property), drawn.Path, $"{drawn.Spec} does not follow {drawn.Law}: {what}");
            }
        }
    }

    private static InitProperties KindOf(string property) => property switch
    {
        "mean" or "variance" => InitProperties.Moments,
        "distribution" => InitProperties.Distribution,
        _ => InitProperties.Bounds,
    };
}
