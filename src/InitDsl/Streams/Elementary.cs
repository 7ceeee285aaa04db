using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Elementary functions in float64 from additions, multiplications, divisions and square roots alone, which
/// IEEE 754 fixes to the bit. <see cref="Math"/> calls the platform's own library for these, whose last bits
/// differ between systems; nothing that decides a value may come from there.
/// </summary>
internal static class Elementary
{
    // ln 2 in two parts. The upper has 20 significant bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931467056274414;
    private const double Ln2Low = 4.7493250390316726e-07;
    private const double OneByLn2 = 1.4426950408889634;

    private const long MantissaMask = (1L << 52) - 1;
    private const long BitsOfSqrtHalf = 0x3FE6A09E667F3BCD;
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>e to the power <paramref name="x"/>; within 1 ulp where the result is a normal number.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.782712893384)
        {
            return double.PositiveInfinity;
        }

        if (x < -745.1332191019412)
        {
            return 0;
        }

        // x = n·ln 2 + r with |r| ≤ ln 2 / 2, r kept in two parts.
        int n = (int)((x * OneByLn2) + (x < 0 ? -0.5 : 0.5));
        double high = x - (n * Ln2High);
        double low = n * Ln2Low;
        double r = high - low;

        // r·(eʳ + 1)/(eʳ − 1) = 2 + r²·P(r²), minimax on |r| ≤ 0.3466 within 1.8e-18 of r²·P.
        double v = r * r;
        double p = 4.1381292093538304e-08;
        p = (p * v) + -1.653390196101982e-06;
        p = (p * v) + 6.613756321149846e-05;
        p = (p * v) + -0.0027777777777014123;
        p = (p * v) + 0.16666666666666602;
        double c = r - (v * p);
        double power = 1 - ((low - (r * c / (2 - c))) - high);

        // In two steps, because 2ⁿ itself may lie outside the normal numbers where the result does not.
        int half = n >> 1;
        return power * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>The natural logarithm of <paramref name="x"/>, within 1 ulp.</summary>
    public static double Log(double x)
    {
        if (!(x > 0))
        {
            return x == 0 ? double.NegativeInfinity : double.NaN;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        return x < SmallestNormal ? -NegativeLog(x * 18014398509481984.0, 54) : -NegativeLog(x, 0);
    }

    /// <summary>
    /// −ln(x·2^−scale) for a positive normal number <paramref name="x"/>, without a branch. The fills use it as
    /// it stands.
    /// </summary>
    /// <remarks>x = 2ᵉ·(1 + f) with 1 + f from √½ to √2, and ln(1 + f) = 2·artanh(s) with s = f/(2 + f).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double NegativeLog(double x, int scale)
    {
        long t = BitConverter.DoubleToInt64Bits(x) - BitsOfSqrtHalf;
        double e = (double)((t >> 52) - scale);
        double f = BitConverter.Int64BitsToDouble((t & MantissaMask) + BitsOfSqrtHalf) - 1;

        // (ln(1 + f) − 2s)/s = s²·P(s²), minimax on s² ≤ (√2 − 1)⁴, within 2.5e-18.
        double s = f / (2 + f);
        double v = s * s;
        double p = 0.14797703785849062;
        p = (p * v) + 0.1531388200974474;
        p = (p * v) + 0.1818357065205281;
        p = (p * v) + 0.22222198456319492;
        p = (p * v) + 0.28571428743483523;
        p = (p * v) + 0.39999999999409896;
        p = (p * v) + 0.6666666666666735;

        double halfSquare = 0.5 * f * f;
        return ((halfSquare - ((s * (halfSquare + (v * p))) + (e * Ln2Low))) - f) - (e * Ln2High);
    }

    /// <summary>
    /// Sine and cosine of an angle given as an integer: <paramref name="turn"/>·2⁻⁵³ of a full turn. The lower
    /// 53 bits count. Within 1 ulp of each, because the reduction to a quadrant is exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosTurn(long turn, out double sin, out double cos)
    {
        // The nearest quadrant boundary, and what is left of it as a fraction of a quadrant in [−½, ½).
        long shifted = turn + (1L << 50);
        long remainder = (shifted & ((1L << 51) - 1)) - (1L << 50);
        double y = (double)remainder * (1.0 / (1L << 51));
        double v = y * y;

        // sin(πy/2)/y, minimax on |y| ≤ ½, within 6.2e-17.
        double p = 5.587275573573587e-08;
        p = (p * v) + -3.5982952739710005e-06;
        p = (p * v) + 0.0001604410534392537;
        p = (p * v) + -0.004681754119813025;
        p = (p * v) + 0.07969262624531394;
        p = (p * v) + -0.6459640975062287;
        p = (p * v) + 1.5707963267948966;
        double nearSin = y * p;

        // cos(πy/2) = 1 − (π²/8)·y² + y⁴·P(y²), minimax on |y| ≤ ½, within 5e-20; what 1 − h loses is added back.
        p = -6.324505342468067e-09;
        p = (p * v) + 4.710639503426807e-07;
        p = (p * v) + -2.5202037853191905e-05;
        p = (p * v) + 0.0009192602743809244;
        p = (p * v) + -0.02086348076333008;
        p = (p * v) + 0.2536695079010476;
        double h = v * 1.2337005501361697;
        double rough = 1 - h;
        double nearCos = rough + (((1 - rough) - h) + (v * v * p));

        // Quadrants 1 and 3 exchange the two; 2 and 3 negate the sine, 1 and 2 the cosine.
        bool odd = ((shifted >> 51) & 1) != 0;
        sin = odd ? nearCos : nearSin;
        cos = odd ? nearSin : nearCos;
        sin = ((shifted >> 52) & 1) != 0 ? -sin : sin;
        cos = (((shifted + (1L << 51)) >> 52) & 1) != 0 ? -cos : cos;
    }

    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
}
