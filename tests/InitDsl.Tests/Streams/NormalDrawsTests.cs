namespace InitDsl.Tests;

public class NormalDrawsTests
{
    // What the documentation promises: 1.2e-6 anywhere, 4.5e-7 below 2.
    private static double SingleBound(double z) => Math.Abs(z) < 2 ? 4.5e-7 : 1.2e-6;

    [Fact]
    public void Singles_are_within_their_stated_error_of_the_exact_pair()
    {
        foreach ((uint radius, uint angle, double even, double odd) in NormalReference.Singles)
        {
            NormalDraws.Pair(radius, angle, out float gotEven, out float gotOdd);
            Assert.InRange(Math.Abs(gotEven - even), 0, SingleBound(even));
            Assert.InRange(Math.Abs(gotOdd - odd), 0, SingleBound(odd));
        }
    }

    [Fact]
    public void Doubles_are_within_a_few_ulp_of_the_exact_pair()
    {
        foreach ((ulong radius, ulong angle, double even, double odd) in NormalReference.Doubles)
        {
            NormalDraws.Pair(radius, angle, out double gotEven, out double gotOdd);
            Assert.InRange(Math.Abs(gotEven - even), 0, 4e-16 * Math.Abs(even));
            Assert.InRange(Math.Abs(gotOdd - odd), 0, 4e-16 * Math.Abs(odd));
        }
    }

    [Fact]
    public void Singles_agree_with_float64_over_a_million_pairs()
    {
        uint[] words = new uint[2_000_000];
        Words.Fill(new StreamKey(3), 0, words);
        double worst = 0;
        double worstBelow2 = 0;
        for (int i = 0; i < words.Length; i += 2)
        {
            // A third of the radii far out, a third next to zero.
            uint radius = (i % 3) switch { 0 => words[i], 1 => words[i] >> (i % 31), _ => ~(words[i] >> (i % 31)) };
            NormalDraws.Pair(radius, words[i + 1], out float even, out float odd);
            double r = Math.Sqrt(2 * Elementary.NegativeLog((float)(int)(radius >> 1) + 0.5f, 31));
            Elementary.SinCosTurn((long)words[i + 1] << 21, out double sin, out double cos);
            foreach ((double got, double exact) in new[] { ((double)even, r * cos), (odd, r * sin) })
            {
                double error = Math.Abs(got - exact);
                worst = Math.Max(worst, error);
                worstBelow2 = Math.Abs(exact) < 2 ? Math.Max(worstBelow2, error) : worstBelow2;
            }
        }

        Assert.InRange(worst, 5e-7, 1.2e-6);
        Assert.InRange(worstBelow2, 1e-7, 4.5e-7);
    }

    [Fact]
    public void The_farthest_single_is_6_66_sigma_and_the_farthest_double_8_57()
    {
        NormalDraws.Pair(0u, 0u, out float even, out float odd);
        Assert.Equal(6.6604369f, even, 1e-6f);
        Assert.Equal(0, odd);
        NormalDraws.Pair(0u, 1u << 31, out even, out _);
        Assert.Equal(-6.6604369f, even, 1e-6f);
        NormalDraws.Pair(0UL, 1UL << 62, out _, out double farthest);
        Assert.Equal(8.5716743486529055, farthest, 14);
    }

    [Fact]
    public void Every_single_is_finite_and_a_radius_of_zero_gives_zero()
    {
        uint[] radii = [0, 1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];
        foreach (uint radius in radii)
        {
            for (uint step = 0; step < 64; step++)
            {
                NormalDraws.Pair(radius, unchecked((step << 26) - (step & 1)), out float even, out float odd);
                Assert.True(float.IsFinite(even) && float.IsFinite(odd));
                Assert.InRange(((double)even * even) + ((double)odd * odd), 0, 44.37);
            }
        }

        NormalDraws.Pair(uint.MaxValue, 12345u, out float zero, out _);
        Assert.Equal(0, zero);
        NormalDraws.Pair(ulong.MaxValue, 12345UL << 40, out double zero64, out _);
        Assert.Equal(0, zero64);
    }

    [Fact]
    public void The_quadrants_are_exact()
    {
        for (uint quadrant = 0; quadrant < 4; quadrant++)
        {
            ElementarySingle.SinCosTurn(quadrant << 30, out float sin, out float cos);
            Elementary.SinCosTurn((long)quadrant << 51, out double sin64, out double cos64);
            float[] sines = [0, 1, 0, -1];
            Assert.Equal(sines[quadrant], sin);
            Assert.Equal(sines[(quadrant + 1) % 4], cos);
            Assert.Equal(sines[quadrant], sin64);
            Assert.Equal(sines[(quadrant + 1) % 4], cos64);
        }
    }

    [Fact]
    public void Values_are_made_of_the_words_at_their_index()
    {
        var key = new StreamKey(78);
        uint[] words = new uint[8];
        float[] singles = new float[8];
        double[] doubles = new double[4];
        Words.Fill(key, 0, words);
        NormalDraws.Fill(key, 0, singles, 0.25, 3);
        NormalDraws.Fill(key, 0, doubles, 0.25, 3);
        for (int j = 0; j < 8; j += 2)
        {
            NormalDraws.Pair(words[j], words[j + 1], out float even, out float odd);
            Assert.Equal(0.25f + (3f * even), singles[j]);
            Assert.Equal(0.25f + (3f * odd), singles[j + 1]);
        }

        for (int j = 0; j < 4; j += 2)
        {
            ulong Element(int i) => ((ulong)words[(2 * i) + 1] << 32) | words[2 * i];
            NormalDraws.Pair(Element(j), Element(j + 1), out double even, out double odd);
            Assert.Equal(0.25 + (3 * even), doubles[j]);
            Assert.Equal(0.25 + (3 * odd), doubles[j + 1]);
        }
    }

    [Theory]
    [InlineData(1UL, 0, 1)]
    [InlineData(2UL, 0, 0.02)]
    [InlineData(0xFFFFFFFFFFFFFFFFUL, -3, 11)]
    public void Normal_follows_its_law(ulong key, double mean, double std)
    {
        float[] singles = new float[400_000];
        double[] doubles = new double[400_000];
        NormalDraws.Fill(new StreamKey(key), 0, singles, mean, std);
        NormalDraws.Fill(new StreamKey(key), 0, doubles, mean, std);
        double Cdf(double x) => StandardNormal.Cdf((x - mean) / std);
        KolmogorovSmirnov.AssertFollows(Array.ConvertAll(singles, v => (double)v), Cdf, "float32");
        KolmogorovSmirnov.AssertFollows(doubles, Cdf, "float64");
    }

    [Fact]
    public void The_tails_hold_as_many_values_as_they_should()
    {
        const int n = 4_000_000;
        float[] values = new float[n];
        NormalDraws.Fill(new StreamKey(9), 0, values, 0, 1);
        foreach (double edge in new[] { 2.0, 3.0, 3.5, 4.0 })
        {
            double expected = 2 * StandardNormal.UpperTail(edge) * n;
            int found = values.Count(v => Math.Abs(v) > edge);
            Assert.InRange(found, expected - (6.1 * Math.Sqrt(expected)), expected + (6.1 * Math.Sqrt(expected)));
        }
    }
}
