using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="UniformDraws.Singles"/> on vectors.</summary>
internal readonly struct UniformSingles(UniformDraws.Singles law) : IKernel<int, float>, IPass<int, float>
{
    private readonly float low = law.Low;
    private readonly float high = law.High;
    private readonly float range = law.Range;

    public static bool InTwoHalves => false;

    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct =>
        buffer.Run<TLanes, TBits, TReal, int, float, UniformSingles>(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, int, float> place)
        where TLanes : struct, ILanes<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct =>
        place.Finish(Value<TLanes, TBits, TReal>(place.EvenWords), Value<TLanes, TBits, TReal>(place.OddWords));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End<TLanes, TBits, TReal>(TBits evenWords, TBits oddWords, ref TReal even, ref TReal odd)
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
        TReal u = TLanes.Multiply(TLanes.ToReal(TLanes.ShiftRight(words, 8)), TLanes.All(1f / (1 << 24)));
        TReal value = TLanes.Add(TLanes.All(low), TLanes.Multiply(u, TLanes.All(range)));
        return TLanes.AtMost(value, TLanes.All(high));
    }
}
