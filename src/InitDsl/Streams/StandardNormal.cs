namespace InitDsl;

/// <summary>The standard normal law in float64, deterministic to the bit and accurate relative to its own size,
/// in the tails too.</summary>
internal static class StandardNormal
{
    private const double OneBySqrt2Pi = 0.3989422804014327;

    // Beyond this the density is zero in float64.
    private const double Vanished = 39;

    /// <summary>φ(x) = exp(−x²/2)/√(2π).</summary>
    public static double Density(double x)
    {
        x = Math.Abs(x);
        if (x > Vanished)
        {
            return 0;
        }

        // x² rounded would be wrong by a quarter ulp of x², which exp turns into a relative error: split x so that
        // the square of its upper part is exact.
        double upper = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & ~((1L << 27) - 1));
        return Elementary.Exp(-0.5 * upper * upper) * Elementary.Exp(-0.5 * (x - upper) * (x + upper)) * OneBySqrt2Pi;
    }

    /// <summary>Φ(x), the probability below <paramref name="x"/>.</summary>
    public static double Cdf(double x) => UpperTail(-x);

    /// <summary>1 − Φ(x), the probability above <paramref name="x"/>, without the loss of that subtraction.</summary>
    public static double UpperTail(double x)
    {
        if (x < 0)
        {
            return 1 - UpperTail(-x);
        }

        if (x > Vanished)
        {
            return 0;
        }

        // (1 + x)·(1 − Φ(x))/φ(x) as a polynomial in t = (x − 4.5)/(x + 4.5), which takes [0, ∞) to [−1, 1):
        // interpolated in the Chebyshev points, within 7.6e-17.
        double t = (x - 4.5) / (x + 4.5);
        double p = -2.0132321206472482e-10;
        p = (p * t) + 1.1193125296694487e-09;
        p = (p * t) + 3.0904426019412998e-09;
        p = (p * t) + -1.1144091676277355e-08;
        p = (p * t) + -2.6551691731876488e-08;
        p = (p * t) + 6.083051153626685e-08;
        p = (p * t) + 1.7762910762008566e-07;
        p = (p * t) + -2.7060360927050835e-07;
        p = (p * t) + -1.0770008370657742e-06;
        p = (p * t) + 1.3188910565387421e-06;
        p = (p * t) + 6.397068995851399e-06;
        p = (p * t) + -8.988363410820394e-06;
        p = (p * t) + -3.734026797243418e-05;
        p = (p * t) + 8.481179660928786e-05;
        p = (p * t) + 0.000177850933972607;
        p = (p * t) + -0.0008848442122501342;
        p = (p * t) + 0.00029892963445957084;
        p = (p * t) + 0.0067960861302197905;
        p = (p * t) + -0.026547913959465083;
        p = (p * t) + 0.056690683235149295;
        p = (p * t) + -0.07614357379042043;
        p = (p * t) + 0.04743206622188501;
        p = (p * t) + 0.05976544964130699;
        p = (p * t) + -0.2367679825591322;
        p = (p * t) + 1.1691381924311748;
        return Density(x) * p / (1 + x);
    }

    /// <summary>2Φ(x) − 1, the probability between −x and x: odd, and accurate relative to itself near 0.</summary>
    public static double Central(double x)
    {
        double v = x * x;
        if (!(v < 1))
        {
            return x < 0 ? (2 * UpperTail(-x)) - 1 : 1 - (2 * UpperTail(x));
        }

        // (2Φ(x) − 1)/x in x², minimax on |x| ≤ 1, within 6.3e-17.
        double p = 3.167546393419446e-11;
        p = (p * v) + -3.394610355870769e-10;
        p = (p * v) + 4.793248093058345e-09;
        p = (p * v) + -8.274692859636801e-08;
        p = (p * v) + 1.3321497816957664e-06;
        p = (p * v) + -1.8889406406318255e-05;
        p = (p * v) + 0.00023086940067181566;
        p = (p * v) + -0.0023746564349263525;
        p = (p * v) + 0.019947114020386392;
        p = (p * v) + -0.13298076013382062;
        p = (p * v) + 0.7978845608028654;
        return x * p;
    }

    /// <summary>The x with Φ(x) = <paramref name="p"/>. For the upper tail use −Quantile(q), which keeps what 1 − q
    /// would lose.</summary>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }

        return p < 1e-40 ? NormalQuantile.FarTail(p) : NormalQuantile.Of(p, 1 - p, (2 * p) - 1);
    }
}
