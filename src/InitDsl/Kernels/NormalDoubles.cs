using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="NormalDraws.Doubles"/> on vectors.</summary>
internal readonly struct NormalDoubles(NormalDraws.Doubles law) : IKernel<long, double>
{
    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        buffer.Run<TLanes, TBits, TReal, long, double, BeginRadius>(default);
        buffer.Run<TLanes, TBits, TReal, long, double, EndRadius>(default);
        buffer.Run<TLanes, TBits, TReal, long, double, Pair>(new(law));
    }

    /// <summary>Leaves u in the even elements' places, and the beginning of its logarithm in the odd ones'.</summary>
    private readonly struct BeginRadius : IPass<long, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal u = TLanes.ToReal(TLanes.Add(TLanes.ShiftRight(place.EvenWords, 11), TLanes.All(1L)));
            place.Even = u;
            place.Odd = DoubleLanes<TLanes, TBits, TReal>.BeginningOfLog(u);
        }
    }

    /// <summary>Leaves the radius in the even elements' places.</summary>
    private readonly struct EndRadius : IPass<long, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal halfSquare = DoubleLanes<TLanes, TBits, TReal>.EndOfLog(place.Even, place.Odd, 53);
            place.Even = TLanes.Sqrt(TLanes.Add(halfSquare, halfSquare));
        }
    }

    private readonly struct Pair(NormalDraws.Doubles law) : IPass<long, double>
    {
        private readonly double mean = law.Mean;
        private readonly double std = law.Std;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
            where TLanes : struct, ILanes<TBits, TReal, long, double>
            where TBits : struct
            where TReal : struct
        {
            TReal r = place.Even;
            DoubleLanes<TLanes, TBits, TReal>.SinCosTurn(TLanes.ShiftRight(place.OddWords, 11), out TReal sin, out TReal cos);
            place.Finish(
                TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, cos))),
                TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, sin))));
        }
    }
}
