using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="NormalQuantile"/> in float64 on vectors, as <see cref="NormalQuantileLanes{TLanes, TBits, TReal}"/>
/// is in float32.</summary>
internal static class NormalQuantileDoubleLanes<TLanes, TBits, TReal>
    where TLanes : struct, ILanes<TBits, TReal, long, double>
    where TBits : struct
    where TReal : struct
{
    private const double CentreFrom = 1.0 / 256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal Product(TReal p, TReal q) => TLanes.Multiply(TLanes.Multiply(TLanes.All(4d), p), q);

    /// <summary>The numerator of the centre's ratio in w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal Numerator(TReal w)
    {
        TReal n = TLanes.Step(TLanes.All(5.3673016778761865e-08), w, 1.8730682407055538e-06);
        n = TLanes.Step(n, w, 3.4262979797035516e-05);
        n = TLanes.Step(n, w, 0.00042318735864202005);
        n = TLanes.Step(n, w, 0.0038622881106996406);
        n = TLanes.Step(n, w, 0.02669496164667893);
        n = TLanes.Step(n, w, 0.13658821496587772);
        n = TLanes.Step(n, w, 0.505682780290294);
        return TLanes.Step(n, w, 1.2533141373155003);
    }

    /// <summary>z in the centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal Centre(TReal x, TReal w, TReal numerator)
    {
        TReal d = TLanes.Step(TLanes.All(2.2583617712440216e-09), w, 2.7975522989652505e-07);
        d = TLanes.Step(d, w, 6.069481865939649e-06);
        d = TLanes.Step(d, w, 8.98190763010687e-05);
        d = TLanes.Step(d, w, 0.001083867293553079);
        d = TLanes.Step(d, w, 0.006678887502236829);
        d = TLanes.Step(d, w, 0.058858614155381746);
        d = TLanes.Step(d, w, 0.14167709525834718);
        d = TLanes.Step(d, w, 1);
        return TLanes.Multiply(x, TLanes.Divide(numerator, d));
    }

    /// <summary>The centre's z, replaced where the tails' formula holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TReal WithTails(TReal z, TReal p, TReal q, TReal x)
    {
        TReal product = Product(p, q);
        if (TLanes.AnyLess(product, TLanes.All(CentreFrom)))
        {
            TReal tail = Tail(TLanes.AtMost(q, p));
            TBits sign = TLanes.And(TLanes.AsBits(x), TLanes.All(long.MinValue));
            tail = TLanes.AsReal(TLanes.Xor(TLanes.AsBits(tail), sign));
            z = TLanes.Select(TLanes.Less(product, TLanes.All(CentreFrom)), tail, z);
        }

        return z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal Tail(TReal probability)
    {
        TReal s = TLanes.Sqrt(DoubleLanes<TLanes, TBits, TReal>.NegativeLog(probability, 0));
        TReal t = TLanes.Subtract(s, TLanes.All(1.5));
        TReal n = TLanes.Step(TLanes.All(4.9276543998240206e-05), t, 0.002684365794886186);
        n = TLanes.Step(n, t, 0.04671504411730851);
        n = TLanes.Step(n, t, 0.3638352527449295);
        n = TLanes.Step(n, t, 1.4962656551733906);
        n = TLanes.Step(n, t, 3.6012913675475144);
        n = TLanes.Step(n, t, 5.23050939862675);
        n = TLanes.Step(n, t, 4.140273183901547);
        n = TLanes.Step(n, t, 1.2513729341315496);
        TReal d = TLanes.Step(TLanes.All(5.45316524050975e-12), t, 3.484261993793109e-05);
        d = TLanes.Step(d, t, 0.0018460646235710794);
        d = TLanes.Step(d, t, 0.030368816154959833);
        d = TLanes.Step(d, t, 0.2158015781812831);
        d = TLanes.Step(d, t, 0.7845040192497819);
        d = TLanes.Step(d, t, 1.6283476431529142);
        d = TLanes.Step(d, t, 1.9227859468426245);
        d = TLanes.Step(d, t, 1);
        return TLanes.Divide(n, d);
    }
}
