using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="NormalDraws.Singles"/> on vectors.</summary>
internal readonly struct NormalSingles(NormalDraws.Singles law) : IKernel<int, float>
{
    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct
    {
        buffer.Run<TLanes, TBits, TReal, int, float, BeginRadius>(default);
        buffer.Run<TLanes, TBits, TReal, int, float, EndRadius>(default);
        buffer.Run<TLanes, TBits, TReal, int, float, Pair>(new(law));
    }

    /// <summary>Leaves u in the even elements' places, and the beginning of its logarithm in the odd ones'.</summary>
    private readonly struct BeginRadius : IPass<int, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal u = TLanes.Add(TLanes.ToReal(TLanes.ShiftRight(place.EvenWords, 1)), TLanes.All(0.5f));
            place.Even = u;
            place.Odd = SingleLanes<TLanes, TBits, TReal>.BeginningOfLog(u);
        }
    }

    /// <summary>Leaves the radius in the even elements' places.</summary>
    private readonly struct EndRadius : IPass<int, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal halfSquare = SingleLanes<TLanes, TBits, TReal>.EndOfLog(place.Even, place.Odd, 31);
            place.Even = TLanes.Sqrt(TLanes.Add(halfSquare, halfSquare));
        }
    }

    private readonly struct Pair(NormalDraws.Singles law) : IPass<int, float>
    {
        private readonly float mean = law.Mean;
        private readonly float std = law.Std;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TReal r = place.Even;
            SingleLanes<TLanes, TBits, TReal>.SinCosTurn(place.OddWords, out TReal sin, out TReal cos);
            place.Finish(
                TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, cos))),
                TLanes.Add(TLanes.All(mean), TLanes.Multiply(TLanes.All(std), TLanes.Multiply(r, sin))));
        }
    }
}
