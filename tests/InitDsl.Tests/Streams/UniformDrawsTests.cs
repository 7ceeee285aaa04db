namespace InitDsl.Tests;

public class UniformDrawsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(-0.1, 0.3)]
    [InlineData(1, 2)]
    [InlineData(1e-30, 3e38)]
    [InlineData(5, 5)]
    public void Uniform_reaches_its_lower_end_and_never_exceeds_its_upper(double low, double high)
    {
        var singles = new UniformDraws.Singles(low, high);
        Assert.Equal((float)low, singles.Value(0));
        Assert.InRange(singles.Value(uint.MaxValue), (float)low, (float)high);

        var doubles = new UniformDraws.Doubles(low, high);
        Assert.Equal(low, doubles.Value(0));
        Assert.InRange(doubles.Value(ulong.MaxValue), low, high);
    }

    [Fact]
    public void The_largest_value_is_the_upper_end_only_where_rounding_takes_it_there()
    {
        Assert.Equal(1 - MathF.ScaleB(1, -24), new UniformDraws.Singles(0, 1).Value(uint.MaxValue));
        Assert.Equal(1 - MathF.ScaleB(1, -23), new UniformDraws.Singles(-1, 1).Value(uint.MaxValue));
        Assert.Equal(2, new UniformDraws.Singles(1, 2).Value(uint.MaxValue));
        Assert.Equal(1 - Math.ScaleB(1, -53), new UniformDraws.Doubles(0, 1).Value(ulong.MaxValue));
        Assert.Equal(2, new UniformDraws.Doubles(1, 2).Value(ulong.MaxValue));
    }

    [Fact]
    public void A_value_that_rounds_beyond_the_upper_end_becomes_that_end()
    {
        // Some of these ranges overshoot after rounding, so that the clamp is seen at work.
        int clamped = 0;
        uint[] words = new uint[4000];
        Words.Fill(new StreamKey(11), 0, words);
        for (int i = 0; i < words.Length; i += 2)
        {
            double low = 1 + (words[i] / 4294967296.0);
            double high = low + (words[i + 1] / 4294967296.0 * 1e-3);
            var law = new UniformDraws.Singles(low, high);
            float unclamped = law.Low + ((1 - MathF.ScaleB(1, -24)) * law.Range);
            clamped += unclamped > law.High ? 1 : 0;
            Assert.True(law.Value(uint.MaxValue) <= law.High);
        }

        Assert.NotEqual(0, clamped);
    }

    /// <summary>As the kernels give it.</summary>
    [Fact]
    public void A_zero_has_no_sign()
    {
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(new UniformDraws.Singles(-0.0, -0.0).Value(0)));
        Assert.Equal(0ul, BitConverter.DoubleToUInt64Bits(new UniformDraws.Doubles(-0.0, -0.0).Value(0)));
    }

    [Fact]
    public void A_single_takes_the_top_24_bits_of_its_word()
    {
        var law = new UniformDraws.Singles(0, 1);
        Assert.Equal(0xABCDEF * MathF.ScaleB(1, -24), law.Value(0xABCDEF00));
        Assert.Equal(law.Value(0xABCDEF00), law.Value(0xABCDEFFF));
    }

    [Fact]
    public void A_double_takes_the_top_53_bits_of_its_words()
    {
        var law = new UniformDraws.Doubles(0, 1);
        Assert.Equal((0xABCDEF0123456789 >> 11) * Math.ScaleB(1, -53), law.Value(0xABCDEF0123456789));
        Assert.Equal(law.Value(0xABCDEF0123456000), law.Value(0xABCDEF01234567FF));
    }

    [Fact]
    public void Values_are_made_of_the_words_at_their_index()
    {
        var key = new StreamKey(77);
        uint[] words = new uint[16];
        float[] singles = new float[16];
        double[] doubles = new double[8];
        Words.Fill(key, 0, words);
        UniformDraws.Fill(key, 0, singles, -2, 1);
        UniformDraws.Fill(key, 0, doubles, -2, 1);
        Assert.Equal(words.Select(new UniformDraws.Singles(-2, 1).Value), singles);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => new UniformDraws.Doubles(-2, 1).Value(((ulong)words[(2 * i) + 1] << 32) | words[2 * i])),
            doubles);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(-3e38, 3e38)]
    public void Bounds_without_a_law_are_refused(double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformDraws.Fill(default, 0, new float[1], low, high));

    [Fact]
    public void Bounds_too_far_apart_for_float64_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => UniformDraws.Fill(default, 0, new double[1], -double.MaxValue, double.MaxValue));

    [Theory]
    [InlineData(1UL, 0, 1)]
    [InlineData(2UL, -0.05, 0.05)]
    [InlineData(0xFFFFFFFFFFFFFFFFUL, -3, 11)]
    public void Uniform_follows_its_law(ulong key, double low, double high)
    {
        float[] singles = new float[400_000];
        double[] doubles = new double[400_000];
        UniformDraws.Fill(new StreamKey(key), 0, singles, low, high);
        UniformDraws.Fill(new StreamKey(key), 0, doubles, low, high);
        double Cdf(double x) => (x - low) / (high - low);
        KolmogorovSmirnov.AssertFollows(Array.ConvertAll(singles, v => (double)v), Cdf, "float32");
        KolmogorovSmirnov.AssertFollows(doubles, Cdf, "float64");
    }
}
