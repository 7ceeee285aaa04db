namespace InitDsl.Tests;

public class ElementaryTests
{
    [Fact]
    public void Exp_is_within_an_ulp()
    {
        foreach ((double x, double value) in ElementaryReference.Exp)
        {
            AssertWithinUlps(value, Elementary.Exp(x), 1, x);
        }
    }

    [Fact]
    public void Exp_ends_where_float64_ends()
    {
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(709.79));
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(double.PositiveInfinity));
        Assert.InRange(Elementary.Exp(709.782712893384), 1.797e308, double.MaxValue);
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(Math.BitIncrement(709.782712893384)));
        Assert.Equal(0, Elementary.Exp(-745.14));
        Assert.Equal(0, Elementary.Exp(double.NegativeInfinity));
        Assert.Equal(double.Epsilon, Elementary.Exp(-744.5));
        Assert.Equal(double.NaN, Elementary.Exp(double.NaN));
        Assert.Equal(1, Elementary.Exp(0));
    }

    [Fact]
    public void Log_is_within_an_ulp()
    {
        foreach ((double x, double value) in ElementaryReference.Log)
        {
            AssertWithinUlps(value, Elementary.Log(x), 1, x);
        }
    }

    [Fact]
    public void Log_ends_where_its_domain_ends()
    {
        Assert.Equal(double.NegativeInfinity, Elementary.Log(0));
        Assert.Equal(double.NaN, Elementary.Log(-1));
        Assert.Equal(double.NaN, Elementary.Log(double.NaN));
        Assert.Equal(double.PositiveInfinity, Elementary.Log(double.PositiveInfinity));
    }

    [Fact]
    public void Single_logarithms_are_within_their_stated_error_and_never_negative_below_1()
    {
        for (long k = 0; k <= int.MaxValue; k += 1009)
        {
            float u = (float)(int)k + 0.5f;
            float got = ElementarySingle.NegativeLog(u, 31);
            double exact = Elementary.NegativeLog(u, 31);
            Assert.True(got >= 0 && Math.Abs(got - exact) <= 1.2e-7 * exact, $"{u}");
        }
    }

    internal static void AssertWithinUlps(double expected, double actual, double ulps, double at)
    {
        double ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        Assert.True(Math.Abs(actual - expected) <= ulps * ulp, $"At {at:R}: {actual:R} is not within {ulps} ulp of {expected:R}.");
    }
}
