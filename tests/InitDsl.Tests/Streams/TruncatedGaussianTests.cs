namespace InitDsl.Tests;

public class TruncatedGaussianTests
{
    [Fact]
    public void Moments_are_exact_in_the_tails_and_in_narrow_intervals_too()
    {
        foreach ((double alpha, double beta, double mass, double mean, double std) in TruncatedReference.Moments)
        {
            var law = new TruncatedGaussian(0, 1, alpha, beta);
            string what = $"({alpha}, {beta})";
            Assert.True(Math.Abs(law.Mass - mass) <= 2e-15 * mass, $"mass of {what}: {law.Mass:R}, not {mass:R}");
            Assert.True(Math.Abs(law.Mean - mean) <= 1e-15 * Math.Max(Math.Abs(mean), std), $"mean of {what}: {law.Mean:R}, not {mean:R}");
            Assert.True(Math.Abs(law.Std - std) <= 2e-15 * std, $"std of {what}: {law.Std:R}, not {std:R}");
        }
    }

    [Fact]
    public void Mean_and_std_scale_with_the_law()
    {
        var unit = new TruncatedGaussian(0, 1, -1, 2);
        var scaled = new TruncatedGaussian(10, 0.5, 9.5, 11);
        Assert.Equal(10 + (0.5 * unit.Mean), scaled.Mean, 14);
        Assert.Equal(0.5 * unit.Std, scaled.Std, 15);
        Assert.Equal(unit.Mass, scaled.Mass, 15);
        Assert.Equal((-1, 2), (scaled.Alpha, scaled.Beta));
    }

    [Fact]
    public void Torch_bounds_of_a_hundred_sigma_cut_nothing()
    {
        var law = new TruncatedGaussian(0, 0.02, -2, 2);
        Assert.Equal(0.02, law.Std, 1e-17);
        Assert.Equal(0, law.Mean);
        Assert.Equal(1, law.Mass, 15);
    }

    [Theory]
    [InlineData(double.NaN, 1, 0, 1)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, double.PositiveInfinity, 0, 1)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0, 1, 2, 1)]
    [InlineData(0, 1, double.NaN, 1)]
    public void What_is_no_law_is_refused(double mean, double std, double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncatedGaussian(mean, std, low, high));

    /// <summary>Below 0 a law is the mirror image of the one above, to the last bit, also where it ends at 0.</summary>
    [Fact]
    public void Tails_are_mirror_images_to_the_last_bit()
    {
        for (double width = 0.01; width < 12; width *= 1.1)
        {
            foreach (double edge in (double[])[0, 0.1, 1, 3])
            {
                TruncatedMoments above = TruncatedMoments.Of(edge, edge + width, width);
                Assert.Equal(above with { Mean = -above.Mean }, TruncatedMoments.Of(-(edge + width), -edge, width));
            }
        }
    }

    /// <summary>Plans tell them, so they are the same everywhere. As this library gave them first.</summary>
    [Theory]
    [InlineData(-1, 2, 0.22963717909132905, 0.720945586859046)]
    [InlineData(-0.5, 3, 0.5037344585049449, 0.6869553422969051)]
    [InlineData(0.25, 4, 0.9632965085523006, 0.5582412125502613)]
    [InlineData(-3, 1, -0.28278611072715404, 0.784946963404426)]
    [InlineData(2, 9, 2.373215532822841, 0.33805191970181303)]
    public void Moments_are_pinned_to_the_bit(double low, double high, double mean, double std)
    {
        var law = new TruncatedGaussian(0, 1, low, high);
        Assert.Equal((mean, std), (law.Mean, law.Std));
    }

    [Fact]
    public void The_smallest_mass_itself_can_be_drawn()
    {
        // Its mass is the width times the density at 0.
        double width = TruncatedGaussian.SmallestMass / StandardNormal.Density(0);
        TruncatedGaussian[] near = [.. Enumerable.Range(-20, 41).Select(ulps => new TruncatedGaussian(0, 1, 0, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(width) + ulps)))];
        Assert.Contains(near, law => law.Mass == TruncatedGaussian.SmallestMass);
        Assert.All(near, law => Assert.Equal(law.Mass >= TruncatedGaussian.SmallestMass, law.CanBeDrawn));
    }

    [Theory]
    [InlineData(0, 1e-300, 1, 2)]
    [InlineData(0, 1, 1e200, 2e200)]
    [InlineData(0, double.Epsilon, -2, -1)]
    [InlineData(0, 1, 50, 51)]
    [InlineData(0, 1e300, 0, 1)]
    [InlineData(0, 1e300, 2.4e-24, 2.9e-24)]
    public void Absurd_intervals_have_finite_moments_and_cannot_be_drawn(double mean, double std, double low, double high)
    {
        var law = new TruncatedGaussian(mean, std, low, high);
        Assert.InRange(law.Mean, low, high);
        Assert.InRange(law.Std, 0, high - low);
        Assert.False(law.CanBeDrawn);
    }
}
