using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="NormalDraws.Singles"/> on vectors.</summary>
internal readonly struct NormalSingles(NormalDraws.Singles law) : IKernel<int, float>
{
    private readonly float mean = law.Mean;
    private readonly float std = law.Std;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Make<TLanes, TBits, TReal>(TBits evenWords, TBits oddWords, out TReal even, out TReal odd)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct
    {
        TReal u = TLanes.Add(TLanes.ToReal(TLanes.ShiftRight(evenWords, 1)), TLanes.All(0.5f));
        TReal halfSquare = SingleLanes<TLanes, TBits, TReal>.NegativeLog(u, 31);
        TReal r = TLanes.Sqrt(TLanes.Add(halfSquare, halfSquare));
        SingleLanes<TLanes, TBits, TReal>.SinCosTurn(oddWords, out TReal sin, out TReal cos);
        even = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, cos)));
        odd = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, sin)));
    }
}
