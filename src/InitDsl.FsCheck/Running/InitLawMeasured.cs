namespace InitDsl;

/// <summary>How closely one parameter was looked at.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Law">The law it should follow.</param>
/// <param name="Values">How many values were pooled.</param>
/// <param name="Deviation">
/// The deviation that is found with <see cref="InitLawOptions.Power"/>: of the distribution (Kolmogorov–Smirnov), of the mean
/// in standard deviations, of the standard deviation in parts of itself. NaN where values are compared exactly, where
/// the law ties elements to each other, and where only its bounds are known; infinite where there are too few.
/// </param>
public sealed record InitLawMeasured(string Path, Law Law, long Values, double Deviation)
{
    /// <summary>Path, law, values and deviation on a line.</summary>
    public override string ToString() =>
        $"{Path} ~ {Law}: "
        + (Law.IsRandom ? $"{Numbers.Count(Values)} values" : "every value")
        + (Sample.Pools(Law) && !SampleSize.CanFind(Law.Marginal) ? ", of which only the bounds are known" : "")
        + (double.IsFinite(Deviation) ? $", a deviation of {Numbers.Short(Deviation)}" : double.IsNaN(Deviation) ? "" : ", too few to find a deviation");
}
