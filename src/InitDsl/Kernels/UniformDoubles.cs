using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary><see cref="UniformDraws.Doubles"/> on vectors.</summary>
internal readonly struct UniformDoubles(UniformDraws.Doubles law) : IKernel<long, double>, IPass<long, double>
{
    private readonly double low = law.Low;
    private readonly double high = law.High;
    private readonly double range = law.Range;

    public static bool InTwoHalves => false;

    public void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct =>
        buffer.Run<TLanes, TBits, TReal, long, double, UniformDoubles>(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, long, double> place)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct =>
        place.Finish(Value<TLanes, TBits, TReal>(place.EvenWords), Value<TLanes, TBits, TReal>(place.OddWords));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End<TLanes, TBits, TReal>(TBits evenWords, TBits oddWords, ref TReal even, ref TReal odd)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        even = Value<TLanes, TBits, TReal>(evenWords);
        odd = Value<TLanes, TBits, TReal>(oddWords);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TReal Value<TLanes, TBits, TReal>(TBits words)
        where TLanes : struct, ILanes<TBits, TReal, long, double>
        where TBits : struct
        where TReal : struct
    {
        TReal u = TLanes.Multiply(TLanes.ToReal(TLanes.ShiftRight(words, 11)), TLanes.All(1.0 / (1L << 53)));
        TReal value = TLanes.Add(TLanes.All(low), TLanes.Multiply(u, TLanes.All(range)));
        return TLanes.AtMost(value, TLanes.All(high));
    }
}
