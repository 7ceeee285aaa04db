using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="TruncatedNormalDraws.Singles"/> on vectors.</summary>
internal readonly struct TruncatedNormalSingles(TruncatedNormalDraws.Singles law) : IKernel<int, float>
{
    private readonly float pBase = law.PBase;
    private readonly float qBase = law.QBase;
    private readonly float xBase = law.XBase;
    private readonly float step = law.Step;
    private readonly float xStep = law.XStep;
    private readonly float mean = law.Mean;
    private readonly float std = law.Std;
    private readonly float low = law.Low;
    private readonly float high = law.High;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Make<TLanes, TBits, TReal>(TBits evenWords, TBits oddWords, out TReal even, out TReal odd)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct
    {
        even = Value<TLanes, TBits, TReal>(evenWords);
        odd = Value<TLanes, TBits, TReal>(oddWords);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TReal Value<TLanes, TBits, TReal>(TBits words)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct
    {
        TBits k = TLanes.ShiftRight(words, 1);
        TReal fromBelow = TLanes.ToReal(k);
        TReal fromAbove = TLanes.ToReal(TLanes.Xor(k, TLanes.All(int.MaxValue)));
        TReal p = TLanes.Add(TLanes.All(pBase), TLanes.Multiply(fromBelow, TLanes.All(step)));
        TReal q = TLanes.Add(TLanes.All(qBase), TLanes.Multiply(fromAbove, TLanes.All(step)));
        TReal x = TLanes.Add(TLanes.All(xBase), TLanes.Multiply(fromBelow, TLanes.All(xStep)));
        TReal z = NormalQuantileLanes<TLanes, TBits, TReal>.Of(p, q, x);
        TReal value = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), z));
        return TLanes.AtMost(TLanes.AtLeast(value, TLanes.All(low)), TLanes.All(high));
    }
}
