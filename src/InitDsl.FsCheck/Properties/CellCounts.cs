namespace InitDsl;

/// <summary>
/// Discrete laws and mixtures with atoms: how many values fall into each cell, against how many should. The statistic is the
/// likelihood ratio 2n·KL(found ‖ expected), which is chi-square in the limit; its limit here holds at every n.
/// </summary>
internal sealed class CellCounts : Property
{
    internal override InitProperties Kind => InitProperties.Distribution;

    internal override int Tests(IReadOnlyList<Drawn> first) => first.Count(drawn => Cells.Of(drawn) is not null);

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        for (int i = 0; i < sample.First.Count; i++)
        {
            Drawn drawn = sample.First[i];
            if (Cells.Of(drawn) is not { } cells || drawn.Values.Length == 0)
            {
                continue;
            }

            double[] values = sample.Pooled(i);
            double found = cells.HalfStatistic(values);
            double limit = Cells.Limit(cells.Count, sample.Each);
            if (!(found <= limit))
            {
                yield return sample.Failure(
                    Kind,
                    drawn.Path,
                    $"{drawn.Spec} does not follow {drawn.Law}: the counts in {cells.Count} cells differ, chi-square {Numbers.Short(2 * found)}, "
                    + $"at most {Numbers.Short(2 * limit)} expected; {cells.Worst(values)}");
            }
        }
    }
}
