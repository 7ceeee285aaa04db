using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// The inverse of the normal distribution function, from three coordinates of one point: p, the probability below
/// it; q, the probability above it; x = p − q. Each is accurate where the others are not: p and q relative to
/// themselves in their tails, x near the centre. Two pieces, by 4pq = 1 − x²:
/// <list type="bullet">
/// <item>the centre, 4pq ≥ 2⁻⁸, |z| ≤ 3.097: z = x·P(w), w = −ln(4pq). Giles, "Approximating the erfinv function"
/// (2010), found how smooth z/x is in w. A law cut at ±3σ or nearer never leaves this piece.</item>
/// <item>the tails: z = ±s·G(1/s), s = √(−ln min(p, q)). (w would do there too, but with 4pq in place of the tail
/// itself the same accuracy takes twice the terms.)</item>
/// </list>
/// </summary>
internal static class NormalQuantile
{
    /// <summary>The value of 4pq from which the centre's formula holds, a power of two so that it is exact.</summary>
    private const double CentreFrom = 1.0 / 256;

    /// <summary>Float32 callers pass p and q times 2³³: the smallest tail any law reaches, 2⁻³²·1e-30, is no normal
    /// float32 number, and the logarithm takes back any power of two for nothing.</summary>
    public const int SingleScale = 33;

    /// <summary>Whether a law whose product 4pq is nowhere less than this may leave the centre, rounding included.</summary>
    public static bool MayLeaveCentre(double leastProduct) => leastProduct < CentreFrom * (1 + 1e-5);

    private const int SingleProductScale = (2 * SingleScale) - 2;
    private const float SingleCentreFrom = (float)(CentreFrom * 18446744073709551616.0);

    /// <summary>z in float32, for p and q scaled by 2^<see cref="SingleScale"/> and min(p, q) ≥ 2e-40. Measured, with
    /// p, q and x themselves rounded to float32: within 5e-7 for |z| ≤ 2, within 1.3e-6 for |z| ≤ 6.4, and everywhere
    /// beyond |z| = 1 within 3.3e-7 relative to z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float scaledP, float scaledQ, float x)
    {
        float product = scaledP * scaledQ;
        if (product >= SingleCentreFrom)
        {
            // Minimax in relative error on 0 ≤ w ≤ 5.56, within 2.4e-8.
            float w = ElementarySingle.NegativeLog(product, SingleProductScale);
            float p = -1.03000035e-08f;
            p = (p * w) + 2.65950348e-07f;
            p = (p * w) + -2.37350173e-06f;
            p = (p * w) + 3.59820569e-06f;
            p = (p * w) + 6.86697531e-05f;
            p = (p * w) + -0.000189299928f;
            p = (p * w) + -0.00329337362f;
            p = (p * w) + 0.0163290855f;
            p = (p * w) + 0.32811749f;
            p = (p * w) + 1.25331414f;
            return x * p;
        }
        else
        {
            // Minimax in relative error on 2.62 ≤ s ≤ 9.8, within 3.1e-8.
            float tail = scaledP < scaledQ ? scaledP : scaledQ;
            float s = MathF.Sqrt(ElementarySingle.NegativeLog(tail, SingleScale));
            float r = 1f / s;
            float p = 12.1070795f;
            p = (p * r) + -25.0585766f;
            p = (p * r) + 23.0804558f;
            p = (p * r) + -12.8762541f;
            p = (p * r) + 5.37692881f;
            p = (p * r) + -2.54826903f;
            p = (p * r) + -0.0487284996f;
            p = (p * r) + 1.41490698f;
            float z = s * p;
            return x < 0f ? -z : z;
        }
    }

    /// <summary>z in float64, for min(p, q) ≥ 1e-47. Measured: within 6.1e-16 relative to z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double p, double q, double x)
    {
        double product = 4 * p * q;
        if (product >= CentreFrom)
        {
            // A ratio of two polynomials of degree 8 in w, minimax in relative error on 0 ≤ w ≤ 5.56, within 7.3e-17.
            double w = Elementary.NegativeLog(product, 0);
            double n = 5.3673016778761865e-08;
            n = (n * w) + 1.8730682407055538e-06;
            n = (n * w) + 3.4262979797035516e-05;
            n = (n * w) + 0.00042318735864202005;
            n = (n * w) + 0.0038622881106996406;
            n = (n * w) + 0.02669496164667893;
            n = (n * w) + 0.13658821496587772;
            n = (n * w) + 0.505682780290294;
            n = (n * w) + 1.2533141373155003;
            double d = 2.2583617712440216e-09;
            d = (d * w) + 2.7975522989652505e-07;
            d = (d * w) + 6.069481865939649e-06;
            d = (d * w) + 8.98190763010687e-05;
            d = (d * w) + 0.001083867293553079;
            d = (d * w) + 0.006678887502236829;
            d = (d * w) + 0.058858614155381746;
            d = (d * w) + 0.14167709525834718;
            d = (d * w) + 1;
            return x * (n / d);
        }
        else
        {
            double z = Tail(p < q ? p : q);
            return x < 0 ? -z : z;
        }
    }

    /// <summary>The quantile of a probability below 1e-40, down to the smallest float64.</summary>
    public static double FarTail(double p)
    {
        double s = Math.Sqrt(-Elementary.Log(p));
        if (s < 10.4)
        {
            return -Tail(p);
        }

        // Degree 6 over degree 6 in s − 10, minimax in relative error on 10.3 ≤ s ≤ 27.5, within 5.9e-17.
        double t = s - 10;
        double n = 3.2707966678710605e-07;
        n = (n * t) + 4.827771586814955e-05;
        n = (n * t) + 0.002540344558741704;
        n = (n * t) + 0.06381280004307405;
        n = (n * t) + 0.8300797776710405;
        n = (n * t) + 5.3991261844691865;
        n = (n * t) + 13.88847603300389;
        double d = 3.713600517194849e-15;
        d = (d * t) + 2.312786549239776e-07;
        d = (d * t) + 3.1825277177605244e-05;
        d = (d * t) + 0.0014788425170264925;
        d = (d * t) + 0.030415816057821968;
        d = (d * t) + 0.2855918667899529;
        d = (d * t) + 1;
        return -(n / d);
    }

    // z in the upper tail. A ratio of two polynomials of degree 8 in s − 1.5, minimax in relative error on
    // 2.62 ≤ s ≤ 10.5, within 8e-18.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Tail(double tail)
    {
        double t = Math.Sqrt(Elementary.NegativeLog(tail, 0)) - 1.5;
        double n = 4.9276543998240206e-05;
        n = (n * t) + 0.002684365794886186;
        n = (n * t) + 0.04671504411730851;
        n = (n * t) + 0.3638352527449295;
        n = (n * t) + 1.4962656551733906;
        n = (n * t) + 3.6012913675475144;
        n = (n * t) + 5.23050939862675;
        n = (n * t) + 4.140273183901547;
        n = (n * t) + 1.2513729341315496;
        double d = 5.45316524050975e-12;
        d = (d * t) + 3.484261993793109e-05;
        d = (d * t) + 0.0018460646235710794;
        d = (d * t) + 0.030368816154959833;
        d = (d * t) + 0.2158015781812831;
        d = (d * t) + 0.7845040192497819;
        d = (d * t) + 1.6283476431529142;
        d = (d * t) + 1.9227859468426245;
        d = (d * t) + 1;
        return n / d;
    }
}
