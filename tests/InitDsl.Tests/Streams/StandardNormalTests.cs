namespace InitDsl.Tests;

public class StandardNormalTests
{
    [Fact]
    public void Density_and_tails_keep_their_relative_accuracy()
    {
        foreach ((double x, double density, double cdf, double central) in ElementaryReference.StandardNormal)
        {
            ElementaryTests.AssertWithinUlps(density, StandardNormal.Density(x), 4, x);
            ElementaryTests.AssertWithinUlps(cdf, StandardNormal.Cdf(x), 4, x);
            ElementaryTests.AssertWithinUlps(cdf, StandardNormal.UpperTail(-x), 4, x);
            ElementaryTests.AssertWithinUlps(central, StandardNormal.Central(x), 4, x);
        }
    }

    [Fact]
    public void Quantile_is_within_7e_16_down_to_the_smallest_probability()
    {
        foreach ((double p, double x) in ElementaryReference.Quantile)
        {
            double error = Math.Abs(StandardNormal.Quantile(p) - x);
            Assert.True(error <= 7e-16 * Math.Abs(x), $"At {p:R}: {StandardNormal.Quantile(p):R}, not {x:R}.");
        }
    }

    [Fact]
    public void Ends_are_where_they_belong()
    {
        Assert.Equal(0, StandardNormal.Cdf(double.NegativeInfinity));
        Assert.Equal(1, StandardNormal.Cdf(double.PositiveInfinity));
        Assert.Equal(0, StandardNormal.UpperTail(double.PositiveInfinity));
        Assert.Equal(0, StandardNormal.Density(double.NegativeInfinity));
        Assert.Equal(1, StandardNormal.Central(double.PositiveInfinity));
        Assert.Equal(-1, StandardNormal.Central(double.NegativeInfinity));
        Assert.Equal(0.5, StandardNormal.Cdf(0));
        Assert.Equal(double.NegativeInfinity, StandardNormal.Quantile(0));
        Assert.Equal(double.PositiveInfinity, StandardNormal.Quantile(1));
        Assert.Equal(double.NaN, StandardNormal.Quantile(-0.1));
        Assert.Equal(double.NaN, StandardNormal.Quantile(1.1));
        Assert.Equal(double.NaN, StandardNormal.Quantile(double.NaN));
        Assert.Equal(double.NaN, StandardNormal.Cdf(double.NaN));
    }

    /// <summary>Beyond the polynomial, 1 − 2·(the tail), rounded once.</summary>
    [Fact]
    public void The_central_probability_is_odd_to_the_last_bit()
    {
        for (double x = 1; x < 9; x += 0.0137)
        {
            Assert.Equal(1 - (2 * StandardNormal.UpperTail(x)), StandardNormal.Central(x));
            Assert.Equal(-StandardNormal.Central(x), StandardNormal.Central(-x));
        }
    }

    [Fact]
    public void Quantile_undoes_the_distribution_function()
    {
        // Further down, Φ is no normal number and keeps fewer digits.
        for (double x = -37.5; x < 5; x += 0.0137)
        {
            double slack = 1e-15 * Math.Max(1, Math.Abs(x));
            if (x > 0)
            {
                // Above the centre, 1 − Φ is what rounding of Φ leaves.
                slack += 2.3e-16 / StandardNormal.Density(x);
            }

            Assert.InRange(StandardNormal.Quantile(StandardNormal.Cdf(x)) - x, -slack, slack);
        }
    }
}
