namespace InitDsl.Tests.Running;

/// <summary>False alarms and power by simulation, at levels at which both can be counted; the seeds are fixed.</summary>
public class ErrorRatesTests
{
    private const int Runs = 400;
    private const double Level = 0.05;
    private const double Power = 0.9;
    private const double Deviation = 0.1;

    private static readonly Law[] Laws =
        [new NormalLaw(0, 1), new UniformLaw(-1, 1), new TruncatedNormalLaw(0, 1, -2, 2), new ClampedLaw(new NormalLaw(0, 1), -1, 1)];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Laws.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_right_law_fails_no_oftener_than_stated(int index)
    {
        Law law = Laws[index];
        int n = Size(law);
        int alarms = Enumerable.Range(0, Runs).Count(run => Fails(law, Draw(law, n, run)).Count > 0);
        // Three tests, each at most at the level; four standard deviations above that are one run in thirty thousand.
        double expected = 3 * Level * Runs;
        Assert.True(alarms <= expected + (4 * Math.Sqrt(expected)), $"{alarms} alarms in {Runs}");
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_deviation_of_the_stated_size_is_found_as_often_as_stated(int index)
    {
        Law law = Laws[index];
        int n = Size(law);
        double std = law.Std;
        double mean = law.Mean;
        Found("mean", value => value + (Deviation * std));
        Found("variance", value => mean + ((value - mean) * (1 + Deviation)));
        Found("variance", value => mean + ((value - mean) * (1 - Deviation)));

        void Found(string property, Func<double, double> wrong)
        {
            int found = Enumerable.Range(0, Runs).Count(run => Fails(law, [.. Draw(law, n, run).Select(wrong)]).Contains(property));
            Assert.True(found >= (Power * Runs) - (4 * Math.Sqrt(Power * (1 - Power) * Runs)), $"{property}: {found} of {Runs}");
        }
    }

    [Fact]
    public void A_distribution_at_the_stated_distance_is_found_as_often_as_stated()
    {
        // Moving a tenth of the uniform's mass from its lower half to its upper one is a distance of a tenth.
        Law law = new UniformLaw(0, 1);
        int n = Size(law);
        int found = Enumerable.Range(0, Runs).Count(run =>
            Fails(law, [.. Draw(law, n, run).Select(u => u < 0.4 ? u * 1.25 : 0.5 + ((u - 0.4) / 1.2))]).Contains("distribution"));
        Assert.True(found >= Power * Runs, $"{found} of {Runs}");
    }

    [Fact]
    public void One_value_less_does_not_find_it()
    {
        foreach (Law law in Laws)
        {
            long n = SampleSize.For(law, Deviation, Level, 1 - Power);
            Assert.True(SampleSize.Finds(law, n, Deviation, Level, 1 - Power));
            Assert.False(SampleSize.Finds(law, (long)(n * 0.99) - 2, Deviation, Level, 1 - Power));
            Assert.InRange(SampleSize.Deviation(law, n, Level, 1 - Power), 0.97 * Deviation, Deviation * 1.001);
        }

        Assert.Equal(double.PositiveInfinity, SampleSize.Deviation(new NormalLaw(0, 1), 3, 1e-6, 0.001));
    }

    /// <summary>The sum of a normal and a uniform law has neither a closed distribution function here nor bounds.</summary>
    [Fact]
    public void Of_a_law_that_only_has_bounds_no_deviation_is_said_to_be_found()
    {
        InitLawReport report = InitLaws.Check(Normal().Blend(Uniform(-1, 1), 0.5), new() { Properties = InitProperties.Distribution });
        Assert.All(report.Measured, measured => Assert.Equal(double.NaN, measured.Deviation));
        Assert.Equal(46_080, report.Measured[0].Values);
        Assert.DoesNotContain("found with", report.ToString(), StringComparison.Ordinal);
        Assert.Equal("linear.weight ~ Normal(0, 0.5) + Uniform(-0.5, 0.5): 46,080 values, of which only the bounds are known", report.Measured[0].ToString());
    }

    [Fact]
    public void Counts_in_cells_raise_no_more_alarms_than_stated()
    {
        var law = new DiscreteLaw([-1, 0, 1], [0.2, 0.5, 0.3]);
        Cells cells = Cells.Of(Sample(law, []))!;
        double limit = Cells.Limit(3, Level);
        int alarms = Enumerable.Range(0, Runs).Count(run => cells.HalfStatistic(
            [.. Draw(new UniformLaw(0, 1), 500, run).Select(u => u < 0.2 ? -1.0 : u < 0.7 ? 0 : 1)]) > limit);
        Assert.True(alarms <= (Level * Runs) + (4 * Math.Sqrt(Level * Runs)), $"{alarms} alarms in {Runs}");
        int found = Enumerable.Range(0, Runs).Count(run => cells.HalfStatistic(
            [.. Draw(new UniformLaw(0, 1), 500, run).Select(u => u < 0.3 ? -1.0 : u < 0.7 ? 0 : 1)]) > limit);
        Assert.True(found > 0.9 * Runs, $"{found} of {Runs}");
    }

    [Fact]
    public void Medians_are_tested_with_as_many_draws_as_it_takes()
    {
        // Of five fair throws none fails with a probability of 1/32, of four with 1/16.
        Assert.Equal((5, 4), VarianceKept.Plan(0.05, 0.9));
        (int draws, int allowed) = VarianceKept.Plan(1e-8, 0.999);
        Assert.InRange(draws, 27, 60);
        Assert.InRange(allowed, draws / 2, draws - 1);
    }

    private static int Size(Law law) => (int)SampleSize.For(law, Deviation, Level, 1 - Power);

    private static double[] Draw(Law law, int n, int run)
    {
        double[] values = new double[n];
        Filler.Of(law, StreamKey.Of(run, "simulation")).Fill(0, values.AsSpan());
        return values;
    }

    private static HashSet<string> Fails(Law law, double[] values) =>
        [.. LawCheck.Of(ValueView.Of(DType.Float64, values), law, Level, LawCheck.Everything).Select(failure => failure.Property)];

    private static Drawn Sample(Law law, byte[] bytes) => new(
        new() { ModulePath = "", Name = "x", Role = ParamRole.Weight, Shape = new(0) }, law, bytes);
}
