namespace InitDsl.Tests;

/// <summary>
/// Every random law on shapes and seeds that FsCheck chooses, against distribution functions and moments written
/// down here a second time. Each test of a sample may fail once in 10⁹ for a true law; a run makes about a
/// thousand of them.
/// </summary>
public class LawPropertyTests
{
    private const double Sigmas = 6.5;

    [Property(MaxTest = 25)]
    public void Kaiming_is_normal_with_the_deviation_of_its_fan(Setting setting) =>
        Follows(setting, Kaiming, Normal(0, Math.Sqrt(2.0 / setting.Columns)), 0, Math.Sqrt(2.0 / setting.Columns), 3);

    [Property(MaxTest = 25)]
    public void Kaiming_by_fan_out_is_normal_with_the_deviation_of_the_other_fan(Setting setting) =>
        Follows(setting, Kaiming.FanOut(), Normal(0, Math.Sqrt(2.0 / setting.Rows)), 0, Math.Sqrt(2.0 / setting.Rows), 3);

    [Property(MaxTest = 25)]
    public void Xavier_is_uniform_within_its_bound(Setting setting)
    {
        double bound = Math.Sqrt(6.0 / (setting.Rows + setting.Columns));
        double[] values = Follows(setting, Xavier, x => (x + bound) / (2 * bound), 0, bound / Math.Sqrt(3), 1.8);
        double limit = Rounded(bound, setting);
        Assert.All(values, value => Assert.InRange(value, -limit, limit));
    }

    [Property(MaxTest = 25)]
    public void Xavier_normal_is_normal_and_LeCun_has_no_gain(Setting setting)
    {
        double xavier = Math.Sqrt(2.0 / (setting.Rows + setting.Columns));
        Follows(setting, XavierNormal, Normal(0, xavier), 0, xavier, 3);
        Follows(setting, LeCunNormal, Normal(0, 1 / Math.Sqrt(setting.Columns)), 0, 1 / Math.Sqrt(setting.Columns), 3);
    }

    [Property(MaxTest = 25)]
    public void Truncated_variance_scaling_keeps_the_deviation_asked_for(Setting setting)
    {
        double std = 1 / Math.Sqrt(setting.Columns);
        double uncut = std / 0.87962566103423978;
        double mass = StandardNormal.Cdf(2) - StandardNormal.Cdf(-2);
        double[] values = Follows(
            setting,
            VarianceScaling(),
            x => (StandardNormal.Cdf(Math.Clamp(x / uncut, -2, 2)) - StandardNormal.Cdf(-2)) / mass,
            0,
            std,
            2.4);
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, Rounded(2 * uncut, setting)));
    }

    [Property(MaxTest = 25)]
    public void Truncated_normals_stay_within_any_bounds(Setting setting, NormalFloat a, NormalFloat width, NormalFloat shift)
    {
        double low = Math.Clamp(a.Get % 3, -3, 3);
        double high = low + 0.05 + Math.Abs(width.Get % 3);
        double mean = shift.Get % 1;
        double below = StandardNormal.Cdf((low - mean) / 0.8);
        double mass = StandardNormal.Cdf((high - mean) / 0.8) - below;
        if (mass < 1e-3)
        {
            return;
        }

        Init init = TruncNormal(mean, 0.8, low, high);
        double[] values = Values(setting, init, out Law law);
        Assert.All(values, value => Assert.InRange(value, Rounded(low, setting), Rounded(high, setting)));
        KolmogorovSmirnov.AssertFollows(
            values, x => (StandardNormal.Cdf((Math.Clamp(x, low, high) - mean) / 0.8) - below) / mass, init.ToString());
        Moments(values, law.Mean, law.Std, 4);
    }

    [Property(MaxTest = 25)]
    public void Orthogonal_matrices_have_the_moments_of_their_law(Setting setting)
    {
        double[] values = Values(setting, Orthogonal(2), out Law law);
        Assert.Equal(2 / Math.Sqrt(Math.Max(setting.Rows, setting.Columns)), law.Std, 1e-12);

        // The mean square is fixed by the lengths of the vectors, not random.
        Assert.Equal(law.Std, Math.Sqrt(values.Average(value => value * value)), 1e-6);
        Assert.InRange(values.Average(), -Sigmas * law.Std / Math.Sqrt(values.Length), Sigmas * law.Std / Math.Sqrt(values.Length));
    }

    [Property(MaxTest = 25)]
    public void Sparse_matrices_have_the_moments_of_their_law(Setting setting)
    {
        double[] values = Values(setting, Sparse(0.25, 0.5), out Law law);
        double kept = 1 - (Math.Ceiling(0.25 * setting.Rows) / setting.Rows);
        Assert.Equal(0.5 * Math.Sqrt(kept), law.Std, 1e-12);
        Moments(values, 0, law.Std, 3 / kept);
        KolmogorovSmirnov.AssertFollows([.. values.Where(value => value != 0)], Normal(0, 0.5), "sparse");
    }

    /// <summary>A bound as the parameter's dtype has it, which may lie on either side of it.</summary>
    private static double Rounded(double bound, Setting setting) => setting.Precise ? bound : (float)bound;

    private static Func<double, double> Normal(double mean, double std) => x => StandardNormal.Cdf((x - mean) / std);

    private static double[] Follows(
        Setting setting, Init init, Func<double, double> cdf, double mean, double std, double kurtosis)
    {
        double[] values = Values(setting, init, out Law law);
        Assert.Equal(mean, law.Mean, 1e-12);
        Assert.Equal(std, law.Std, 1e-9);
        Moments(values, mean, std, kurtosis);
        KolmogorovSmirnov.AssertFollows(values, cdf, $"{init} {setting}");
        return values;
    }

    /// <summary>The sampling deviation of a variance is σ²·√((kurtosis − 1)/n).</summary>
    private static void Moments(double[] values, double mean, double std, double kurtosis)
    {
        double n = values.Length;
        double found = values.Average();
        double variance = values.Average(value => (value - mean) * (value - mean));
        double meanError = Sigmas * std / Math.Sqrt(n);
        double varianceError = Sigmas * std * std * Math.Sqrt((kurtosis - 1) / n);
        Assert.InRange(found, mean - meanError, mean + meanError);
        Assert.InRange(variance, (std * std) - varianceError, (std * std) + varianceError);
    }

    private static double[] Values(Setting setting, Init init, out Law law)
    {
        MemoryStore store = TestModel.Tensor(new(setting.Rows, setting.Columns), setting.DType);
        Plan plan = When<FakeLinear>().Weight(init).Compile(new TestModel(store), setting.Seed);
        plan.Apply();
        Assert.True(plan.Verify(falseAlarm: 1e-9).Passed, plan.Verify().ToString());
        law = plan.Steps[0].Law;
        return store.Doubles;
    }
}

/// <summary>A matrix of a few thousand elements, so that sums are near normal, and a seed.</summary>
public sealed record Setting(byte A, byte B, bool Precise, long Seed)
{
    public int Rows => 40 + (A % 160);

    public int Columns => 40 + (B % 160);

    public DType DType => Precise ? DType.Float64 : DType.Float32;
}
