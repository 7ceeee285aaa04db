namespace InitDsl.Tests;

public class TruncatedNormalDrawsTests
{
    public static TheoryData<double, double> Intervals => new(
        TruncatedReference.Singles.Select(row => (row.Alpha, row.Beta)).Distinct());

    // What the documentation promises.
    private static double SingleBound(double z) => Math.Abs(z) <= 2 ? 5e-7 : Math.Max(1.3e-6, 3.3e-7 * Math.Abs(z));

    /// <summary>With the lower bound at the mean the first value is half a step above 0, not 0 and not below.</summary>
    [Fact]
    public void Half_a_step_above_the_mean_is_not_below_it()
    {
        var half = new TruncatedNormalDraws.Singles(new(0, 1, 0, double.PositiveInfinity));
        double halfStep = Math.Sqrt(2 * Math.PI) * Math.ScaleB(1, -33);
        Assert.Equal(1, half.Z(0) / halfStep, 1e-6);
        Assert.Equal(3, half.Z(2) / halfStep, 1e-5);
        var other = new TruncatedNormalDraws.Doubles(new(0, 1, 0, double.PositiveInfinity));
        Assert.Equal(1, other.Z(0) / Math.ScaleB(halfStep, -22), 1e-12);
    }

    /// <summary>As the kernels give it.</summary>
    [Fact]
    public void A_zero_has_no_sign()
    {
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(new TruncatedNormalDraws.Singles(new(0, 1e-44, -0.0, 1e-43)).Value(0)));
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(new TruncatedNormalDraws.Singles(new(0, 1e-44, -1e-43, -0.0)).Value(uint.MaxValue)));
        Assert.Equal(0ul, BitConverter.DoubleToUInt64Bits(new TruncatedNormalDraws.Doubles(new(0, 1e-323, -0.0, 1e-322)).Value(0)));
        Assert.Equal(0ul, BitConverter.DoubleToUInt64Bits(new TruncatedNormalDraws.Doubles(new(0, 1e-323, -1e-322, -0.0)).Value(ulong.MaxValue)));
    }

    /// <summary>Kernels leave the tails out of laws that end before 4pq is a 256th.</summary>
    [Theory]
    [InlineData(0.000976, true)]
    [InlineData(0.00098, false)]
    public void A_law_has_tails_where_a_bound_lies_beyond_the_centre(double probability, bool tails)
    {
        double edge = StandardNormal.Quantile(probability);
        TruncatedGaussian[] laws = [new(0, 1, edge, 0), new(0, 1, 0, -edge), new(0, 1, edge, -edge), new(0, 1, edge, 2 + (-edge / 4))];
        Assert.All(laws, law => Assert.Equal((tails, tails), (new TruncatedNormalDraws.Singles(law).HasTails, new TruncatedNormalDraws.Doubles(law).HasTails)));
    }

    [Fact]
    public void The_first_and_the_last_value_lie_within_the_bounds_whatever_rounding_says()
    {
        int below = 0, above = 0;
        for (int i = 0; i < 2000; i++)
        {
            double low = -3 + (0.0027 * i);
            var law = new TruncatedGaussian(0.1, 0.7, low, low + 0.9);
            var draws = new TruncatedNormalDraws.Doubles(law);
            Assert.InRange(draws.Value(0), law.Low, Math.BitIncrement(law.Low) + 1e-12);
            Assert.InRange(draws.Value(ulong.MaxValue), law.High - 1e-12, law.High);
            below += draws.Mean + (draws.Std * draws.Z(0)) < law.Low ? 1 : 0;
            above += draws.Mean + (draws.Std * draws.Z(ulong.MaxValue)) > law.High ? 1 : 0;
        }

        // There was something to move.
        Assert.True(below > 20 && above > 20, $"{below} and {above} of 2000");
    }

    /// <summary>Where rounding carries the outermost draws beyond a bound they become the bound itself, not its neighbour.</summary>
    [Fact]
    public void The_outermost_words_stay_within_the_bounds()
    {
        int beyond = 0;
        for (double high = 0.05; high < 3; high += 0.01)
        {
            var law = new TruncatedNormalDraws.Singles(new TruncatedGaussian(0.01, 1, -0.7 * high, high));
            beyond += law.Mean + (law.Std * law.Z(uint.MaxValue)) > (float)high ? 1 : 0;
            Assert.All((uint[])[0, 1, uint.MaxValue - 2, uint.MaxValue], word => Assert.InRange(law.Value(word), (float)(-0.7 * high), (float)high));
        }

        Assert.True(beyond > 10, $"{beyond} laws have draws to be held back");
    }

    [Fact]
    public void Singles_are_within_their_stated_error_of_the_exact_value()
    {
        foreach ((double alpha, double beta, uint word, double z) in TruncatedReference.Singles)
        {
            var law = new TruncatedNormalDraws.Singles(new TruncatedGaussian(0, 1, alpha, beta));
            double error = Math.Abs(law.Z(word) - z);
            Assert.True(error <= SingleBound(z), $"({alpha}, {beta}) word {word:X8}: {error:E2} off {z}.");
        }
    }

    [Fact]
    public void Doubles_are_within_their_stated_error_of_the_exact_value()
    {
        foreach ((double alpha, double beta, ulong words, double z) in TruncatedReference.Doubles)
        {
            var law = new TruncatedNormalDraws.Doubles(new TruncatedGaussian(0, 1, alpha, beta));
            double error = Math.Abs(law.Z(words) - z);
            Assert.True(error <= 1e-15 * Math.Max(Math.Abs(z), 0.5), $"({alpha}, {beta}) words {words:X16}: {error:E2} off {z}.");
        }
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Singles_agree_with_float64_all_along_the_interval(double alpha, double beta)
    {
        var description = new TruncatedGaussian(0, 1, alpha, beta);
        var law = new TruncatedNormalDraws.Singles(description);
        double below = StandardNormal.Cdf(alpha);
        double above = StandardNormal.UpperTail(beta);
        double centre = StandardNormal.Central(alpha);
        uint[] words = new uint[90_000];
        Words.Fill(new StreamKey(4), 0, words);
        for (int i = 0; i < words.Length; i++)
        {
            uint word = (i % 3) switch { 0 => words[i], 1 => words[i] >> (i % 31), _ => ~(words[i] >> (i % 31)) };
            double u = ((word >> 1) + 0.5) * Math.ScaleB(1, -31);
            double v = ((~word >> 1) + 0.5) * Math.ScaleB(1, -31);
            double exact = NormalQuantile.Of(
                below + (u * description.Mass), above + (v * description.Mass), centre + (2 * u * description.Mass));
            double error = Math.Abs(law.Z(word) - exact);
            Assert.True(error <= SingleBound(exact), $"word {word:X8}: {error:E2} off {exact}.");
        }
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Values_stay_within_the_bounds_and_come_near_them(double alpha, double beta)
    {
        var description = new TruncatedGaussian(3, 0.02, 3 + (0.02 * alpha), 3 + (0.02 * beta));
        var singles = new TruncatedNormalDraws.Singles(description);
        var doubles = new TruncatedNormalDraws.Doubles(description);
        for (uint i = 0; i < 4096; i++)
        {
            uint word = (i << 20) | (i >= 2048 ? 0xFFFFFu : 0);
            Assert.InRange(singles.Value(word), (float)description.Low, (float)description.High);
            Assert.InRange(doubles.Value(((ulong)word << 32) | word), description.Low, description.High);
        }

        // Within what the first and last of 2³¹ equal steps of probability span, and rounding.
        if (double.IsFinite(alpha))
        {
            Assert.Equal((float)description.Low, singles.Value(0), 0.02f * (MathF.Abs((float)alpha) > 5.9f ? 4f : 0.01f));
        }

        if (double.IsFinite(beta))
        {
            Assert.Equal((float)description.High, singles.Value(uint.MaxValue), 0.02f * (MathF.Abs((float)beta) > 5.9f ? 4f : 0.01f));
        }
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void A_larger_word_gives_a_larger_value_but_for_an_ulp(double alpha, double beta)
    {
        var law = new TruncatedNormalDraws.Singles(new TruncatedGaussian(0, 1, alpha, beta));
        float largest = float.NegativeInfinity;
        for (uint i = 0; i < 1 << 18; i++)
        {
            float z = law.Z(i << 14);
            Assert.True(z >= largest - (2 * MathF.ScaleB(1, -23) * Math.Max(MathF.Abs(z), 0.5f)), $"word {i << 14:X8}");
            largest = Math.Max(largest, z);
        }
    }

    [Theory]
    [InlineData(-2, 2)]
    [InlineData(-3, 3)]
    public void Mirrored_words_give_mirrored_values_in_a_symmetric_interval(double alpha, double beta)
    {
        var law = new TruncatedNormalDraws.Singles(new TruncatedGaussian(0, 1, alpha, beta));
        for (uint i = 0; i < 4096; i++)
        {
            uint word = i << 19;
            Assert.Equal(-law.Z(word), law.Z(~word), 3e-7f);
        }
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Truncated_follows_its_law(double alpha, double beta)
    {
        const double mean = -1;
        const double std = 4;
        var law = new TruncatedGaussian(mean, std, mean + (std * alpha), mean + (std * beta));
        float[] singles = new float[100_000];
        double[] doubles = new double[100_000];
        TruncatedNormalDraws.Fill(StreamKey.Of(7, "singles"), 0, singles, law);
        TruncatedNormalDraws.Fill(StreamKey.Of(7, "doubles"), 0, doubles, law);

        // The share of the interval below x, from whichever tail is the smaller.
        double Cdf(double x)
        {
            double z = (x - mean) / std;
            return law.Alpha > 0
                ? 1 - ((StandardNormal.UpperTail(z) - StandardNormal.UpperTail(law.Beta)) / law.Mass)
                : (StandardNormal.Cdf(z) - StandardNormal.Cdf(law.Alpha)) / law.Mass;
        }

        KolmogorovSmirnov.AssertFollows(Array.ConvertAll(singles, v => (double)v), Cdf, "float32");
        KolmogorovSmirnov.AssertFollows(doubles, Cdf, "float64");
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void The_sample_has_the_moments_the_law_states(double alpha, double beta)
    {
        const int n = 100_000;
        var law = new TruncatedGaussian(0, 1, alpha, beta);
        double[] values = new double[n];
        TruncatedNormalDraws.Fill(StreamKey.Of(8, "moments"), 0, values, law);
        double mean = values.Average();
        double std = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        Assert.InRange((mean - law.Mean) / law.Std * Math.Sqrt(n), -6.1, 6.1);

        // The fourth moment of these laws is at most that of an exponential, 9.
        Assert.InRange(((std / law.Std) - 1) * Math.Sqrt(n), -6.1 * Math.Sqrt(2), 6.1 * Math.Sqrt(2));
    }

    [Fact]
    public void A_law_with_too_little_mass_is_refused()
    {
        var law = new TruncatedGaussian(0, 1, 12, 13);
        Assert.False(law.CanBeDrawn);
        var refusal = Assert.Throws<ArgumentException>(() => TruncatedNormalDraws.Fill(default, 0, new float[1], law));
        Assert.StartsWith("The interval from 12 to 13 holds 1.7764759949", refusal.Message);
        Assert.Throws<ArgumentException>(() => TruncatedNormalDraws.Fill(default, 0, new double[1], law));
        Assert.Throws<ArgumentNullException>(() => TruncatedNormalDraws.Fill(default, 0, new float[1], null!));
    }
}
