namespace InitDsl.Tests;

public class KolmogorovSmirnovTests
{
    [Fact]
    public void Statistic_of_a_known_sample_is_the_largest_gap()
    {
        // At 0.7 the sample has only 1/3 below it and the uniform law 0.7.
        Assert.Equal(0.7 - (1.0 / 3), KolmogorovSmirnov.Statistic([0.9, 0.1, 0.7], x => x), 15);
    }

    [Fact]
    public void Threshold_shrinks_with_the_square_root_of_the_sample()
    {
        Assert.Equal(KolmogorovSmirnov.Threshold(10_000) / 10, KolmogorovSmirnov.Threshold(1_000_000), 15);
        Assert.Equal(0.0032725, KolmogorovSmirnov.Threshold(1_000_000), 6);
    }

    [Theory]
    [InlineData(1.02, 0)]
    [InlineData(1, 0.02)]
    public void A_law_slightly_off_is_found_out(double scale, double shift)
    {
        float[] values = new float[1_000_000];
        NormalDraws.Fill(new StreamKey(1), 0, values, shift, scale);
        double[] sample = Array.ConvertAll(values, v => (double)v);
        Assert.True(KolmogorovSmirnov.Statistic(sample, StandardNormal.Cdf) > KolmogorovSmirnov.Threshold(sample.Length));
    }
}
