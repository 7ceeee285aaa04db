using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="NormalDraws.Doubles"/> on vectors.</summary>
internal readonly struct NormalDoubles(NormalDraws.Doubles law) : IKernel<long, double>
{
    private readonly double mean = law.Mean;
    private readonly double std = law.Std;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Make<TLanes, TBits, TReal>(TBits evenWords, TBits oddWords, out TReal even, out TReal odd)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        TReal u = TLanes.ToReal(TLanes.Add(TLanes.ShiftRight(evenWords, 11), TLanes.All(1L)));
        TReal halfSquare = DoubleLanes<TLanes, TBits, TReal>.NegativeLog(u, 53);
        TReal r = TLanes.Sqrt(TLanes.Add(halfSquare, halfSquare));
        DoubleLanes<TLanes, TBits, TReal>.SinCosTurn(TLanes.ShiftRight(oddWords, 11), out TReal sin, out TReal cos);
        even = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, cos)));
        odd = TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, sin)));
    }
}
