using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="NormalQuantile"/> in float32 on vectors. Both pieces round as there; the tails are computed
/// only where a lane lies in them, which under a law cut at three standard deviations none does.</summary>
internal static class NormalQuantileLanes<TLanes, TBits, TReal>
    where TLanes : struct, ILanes<TBits, TReal, int, float>
    where TBits : struct
    where TReal : struct
{
    private const int ProductScale = (2 * NormalQuantile.SingleScale) - 2;
    private const float CentreFrom = (float)(1.0 / 256 * 18446744073709551616.0);

    /// <summary>w, of the product of the scaled p and q and the beginning of its logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal EndOfLogarithm(TReal product, TReal beginning) =>
        SingleLanes<TLanes, TBits, TReal>.EndOfLog(product, beginning, ProductScale);

    /// <summary>The first half of the centre's polynomial in w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal BeginningOfCentre(TReal w)
    {
        TReal p = TLanes.Step(TLanes.All(-1.03000035e-08f), w, 2.65950348e-07f);
        p = TLanes.Step(p, w, -2.37350173e-06f);
        p = TLanes.Step(p, w, 3.59820569e-06f);
        p = TLanes.Step(p, w, 6.86697531e-05f);
        return TLanes.Step(p, w, -0.000189299928f);
    }

    /// <summary>z in the centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal EndOfCentre(TReal x, TReal w, TReal beginning)
    {
        TReal p = TLanes.Step(beginning, w, -0.00329337362f);
        p = TLanes.Step(p, w, 0.0163290855f);
        p = TLanes.Step(p, w, 0.32811749f);
        p = TLanes.Step(p, w, 1.25331414f);
        return TLanes.Multiply(x, p);
    }

    /// <summary>The centre's z, replaced where the tails' formula holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal WithTails(TReal z, TReal scaledP, TReal scaledQ, TReal x)
    {
        TReal product = TLanes.Multiply(scaledP, scaledQ);
        if (TLanes.AnyLess(product, TLanes.All(CentreFrom)))
        {
            z = TLanes.Select(TLanes.Less(product, TLanes.All(CentreFrom)), Tail(scaledP, scaledQ, x), z);
        }

        return z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal Tail(TReal scaledP, TReal scaledQ, TReal x)
    {
        TReal tail = TLanes.AtMost(scaledQ, scaledP);
        TReal s = TLanes.Sqrt(SingleLanes<TLanes, TBits, TReal>.NegativeLog(tail, NormalQuantile.SingleScale));
        TReal r = TLanes.Divide(TLanes.All(1f), s);
        TReal p = TLanes.Step(TLanes.All(12.1070795f), r, -25.0585766f);
        p = TLanes.Step(p, r, 23.0804558f);
        p = TLanes.Step(p, r, -12.8762541f);
        p = TLanes.Step(p, r, 5.37692881f);
        p = TLanes.Step(p, r, -2.54826903f);
        p = TLanes.Step(p, r, -0.0487284996f);
        p = TLanes.Step(p, r, 1.41490698f);
        TReal z = TLanes.Multiply(s, p);

        // Negated where x < 0: of −0 the scalar reference leaves the sign alone, and no tail has x = 0.
        TBits sign = TLanes.And(TLanes.AsBits(x), TLanes.All(int.MinValue));
        return TLanes.AsReal(TLanes.Xor(TLanes.AsBits(z), sign));
    }
}
