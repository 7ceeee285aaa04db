using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="ElementarySingle"/> on vectors: the same operations in the same order, so the same bits.</summary>
internal static class SingleLanes<TLanes, TBits, TReal>
    where TLanes : struct, ILanes<TBits, TReal, int, float>
    where TBits : struct
    where TReal : struct
{
    private const int MantissaMask = (1 << 23) - 1;
    private const int BitsOfSqrtHalf = 0x3F3504F3;
    private const float Ln2 = 0.6931472f;

    // An arithmetic shift by 23 of a number above −2³⁰, where only a logical one is at hand in every width.
    private const int Lift = 1 << 30;
    private const int LiftedExponent = Lift >> 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal NegativeLog(TReal x, int scale) => EndOfLog(x, BeginningOfLog(x), scale);

    /// <summary>The first half of the polynomial in <see cref="NegativeLog"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal BeginningOfLog(TReal x)
    {
        TReal f = Fraction(Shifted(x));
        TReal p = TLanes.Step(TLanes.All(-0.086896278f), f, 0.142655268f);
        p = TLanes.Step(p, f, -0.149177983f);
        p = TLanes.Step(p, f, 0.165779576f);
        return TLanes.Step(p, f, -0.199627906f);
    }

    /// <summary><see cref="NegativeLog"/> from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal EndOfLog(TReal x, TReal p, int scale)
    {
        TBits t = Shifted(x);
        TBits exponent = TLanes.ShiftRight(TLanes.Add(t, TLanes.All(Lift)), 23);
        TReal e = TLanes.ToReal(TLanes.Add(exponent, TLanes.All(-LiftedExponent - scale)));
        TReal f = Fraction(t);
        p = TLanes.Step(p, f, 0.250013202f);
        p = TLanes.Step(p, f, -0.333339185f);
        p = TLanes.Step(p, f, 0.5f);
        TReal square = TLanes.Multiply(f, f);
        return TLanes.Subtract(
            TLanes.Subtract(TLanes.Multiply(square, p), f), TLanes.Multiply(e, TLanes.All(Ln2)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SinCosTurn(TBits turn, out TReal sin, out TReal cos)
    {
        TBits shifted = TLanes.Add(turn, TLanes.All(1 << 29));
        TReal y = TLanes.Multiply(TLanes.ToReal(TLanes.ShiftLeft(turn, 2)), TLanes.All(1f / 4294967296f));
        TReal v = TLanes.Multiply(y, y);

        TReal p = TLanes.Step(TLanes.All(-0.00468281982f), v, 0.0797112659f);
        p = TLanes.Step(p, v, -0.64596653f);
        p = TLanes.Step(p, v, 1.57079637f);
        TReal nearSin = TLanes.Multiply(y, p);

        p = TLanes.Step(TLanes.All(-0.0204279609f), v, 0.253607005f);
        p = TLanes.Step(p, v, -1.23369801f);
        TReal nearCos = TLanes.Step(p, v, 1f);

        TReal odd = TLanes.AsReal(TLanes.SignMask(TLanes.ShiftLeft(shifted, 1)));
        sin = TLanes.Select(odd, nearCos, nearSin);
        cos = TLanes.Select(odd, nearSin, nearCos);
        sin = WithFlippedSign(sin, shifted);
        cos = WithFlippedSign(cos, TLanes.Add(shifted, TLanes.All(1 << 30)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal WithFlippedSign(TReal value, TBits topBit) =>
        TLanes.AsReal(TLanes.Xor(TLanes.AsBits(value), TLanes.And(topBit, TLanes.All(int.MinValue))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBits Shifted(TReal x) => TLanes.Add(TLanes.AsBits(x), TLanes.All(-BitsOfSqrtHalf));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal Fraction(TBits shifted) => TLanes.Subtract(
        TLanes.AsReal(TLanes.Add(TLanes.And(shifted, TLanes.All(MantissaMask)), TLanes.All(BitsOfSqrtHalf))), TLanes.All(1f));
}
