using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="Words.Raw"/> on vectors: the words as they are, put into their order.</summary>
internal readonly struct RawWords : IKernel<int, float>, IPass<int, float>
{
    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct =>
        buffer.Run<TLanes, TBits, TReal, int, float, RawWords>(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct =>
        place.Finish(TLanes.AsReal(place.EvenWords), TLanes.AsReal(place.OddWords));
}
