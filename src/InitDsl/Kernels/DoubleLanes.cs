using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="Elementary"/>'s functions for the fills on vectors: the same operations in the same order, so
/// the same bits.</summary>
internal static class DoubleLanes<TLanes, TBits, TReal>
    where TLanes : struct, ILanes<TBits, TReal, long, double>
    where TBits : struct
    where TReal : struct
{
    private const double Ln2High = 0.6931467056274414;
    private const double Ln2Low = 4.7493250390316726e-07;
    private const long MantissaMask = (1L << 52) - 1;
    private const long BitsOfSqrtHalf = 0x3FE6A09E667F3BCD;

    // An arithmetic shift by 52 of a number above −2⁶², where only a logical one is at hand in every width.
    private const long Lift = 1L << 62;
    private const long LiftedExponent = Lift >> 52;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal NegativeLog(TReal x, int scale) => EndOfLog(x, BeginningOfLog(x), scale);

    /// <summary>s in <see cref="NegativeLog"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal BeginningOfLog(TReal x)
    {
        TReal f = Fraction(Shifted(x));
        return TLanes.Divide(f, TLanes.Add(TLanes.All(2d), f));
    }

    /// <summary><see cref="NegativeLog"/> from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal EndOfLog(TReal x, TReal s, int scale)
    {
        TBits t = Shifted(x);
        TBits exponent = TLanes.ShiftRight(TLanes.Add(t, TLanes.All(Lift)), 52);
        TReal e = TLanes.ToReal(TLanes.Add(exponent, TLanes.All(-LiftedExponent - scale)));
        TReal f = Fraction(t);
        TReal v = TLanes.Multiply(s, s);
        TReal p = TLanes.Step(TLanes.All(0.14797703785849062), v, 0.1531388200974474);
        p = TLanes.Step(p, v, 0.1818357065205281);
        p = TLanes.Step(p, v, 0.22222198456319492);
        p = TLanes.Step(p, v, 0.28571428743483523);
        p = TLanes.Step(p, v, 0.39999999999409896);
        p = TLanes.Step(p, v, 0.6666666666666735);

        TReal halfSquare = TLanes.Multiply(TLanes.Multiply(TLanes.All(0.5), f), f);
        TReal product = TLanes.Multiply(s, TLanes.Add(halfSquare, TLanes.Multiply(v, p)));
        TReal lower = TLanes.Add(product, TLanes.Multiply(e, TLanes.All(Ln2Low)));
        TReal result = TLanes.Subtract(TLanes.Subtract(halfSquare, lower), f);
        return TLanes.Subtract(result, TLanes.Multiply(e, TLanes.All(Ln2High)));
    }

    /// <summary>As there, the lower 53 bits of <paramref name="turn"/> count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SinCosTurn(TBits turn, out TReal sin, out TReal cos)
    {
        TBits shifted = TLanes.Add(turn, TLanes.All(1L << 50));
        TBits remainder = TLanes.Add(TLanes.And(shifted, TLanes.All((1L << 51) - 1)), TLanes.All(-(1L << 50)));
        TReal y = TLanes.Multiply(TLanes.ToReal(remainder), TLanes.All(1.0 / (1L << 51)));
        TReal v = TLanes.Multiply(y, y);

        TReal p = TLanes.Step(TLanes.All(5.587275573573587e-08), v, -3.5982952739710005e-06);
        p = TLanes.Step(p, v, 0.0001604410534392537);
        p = TLanes.Step(p, v, -0.004681754119813025);
        p = TLanes.Step(p, v, 0.07969262624531394);
        p = TLanes.Step(p, v, -0.6459640975062287);
        p = TLanes.Step(p, v, 1.5707963267948966);
        TReal nearSin = TLanes.Multiply(y, p);

        p = TLanes.Step(TLanes.All(-6.324505342468067e-09), v, 4.710639503426807e-07);
        p = TLanes.Step(p, v, -2.5202037853191905e-05);
        p = TLanes.Step(p, v, 0.0009192602743809244);
        p = TLanes.Step(p, v, -0.02086348076333008);
        p = TLanes.Step(p, v, 0.2536695079010476);
        TReal h = TLanes.Multiply(v, TLanes.All(1.2337005501361697));
        TReal rough = TLanes.Subtract(TLanes.All(1d), h);
        TReal lost = TLanes.Subtract(TLanes.Subtract(TLanes.All(1d), rough), h);
        TReal nearCos = TLanes.Add(rough, TLanes.Add(lost, TLanes.Multiply(TLanes.Multiply(v, v), p)));

        // Bits 51 and 52, moved to the top.
        TReal odd = TLanes.AsReal(TLanes.SignMask(TLanes.ShiftLeft(shifted, 12)));
        sin = TLanes.Select(odd, nearCos, nearSin);
        cos = TLanes.Select(odd, nearSin, nearCos);
        sin = WithFlippedSign(sin, TLanes.ShiftLeft(shifted, 11));
        cos = WithFlippedSign(cos, TLanes.ShiftLeft(TLanes.Add(shifted, TLanes.All(1L << 51)), 11));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal WithFlippedSign(TReal value, TBits topBit) =>
        TLanes.AsReal(TLanes.Xor(TLanes.AsBits(value), TLanes.And(topBit, TLanes.All(long.MinValue))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBits Shifted(TReal x) => TLanes.Add(TLanes.AsBits(x), TLanes.All(-BitsOfSqrtHalf));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal Fraction(TBits shifted) => TLanes.Subtract(
        TLanes.AsReal(TLanes.Add(TLanes.And(shifted, TLanes.All(MantissaMask)), TLanes.All(BitsOfSqrtHalf))), TLanes.All(1d));
}
