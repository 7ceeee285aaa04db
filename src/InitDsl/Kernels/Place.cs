using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Where a pass is: at two vectors of words and the two vectors of elements they make, with as much room again for
/// notes. In float32 the words are the words 0 and 2, and 1 and 3, of each block, in float64 the words 0 and 1, and 2
/// and 3: either way the first make even elements and the second odd ones.
/// </summary>
internal readonly ref struct Place<TLanes, TBits, TReal, TInt, T>
    where TLanes : struct, ILanes<TBits, TReal, TInt, T>
    where TBits : struct
    where TReal : struct
    where TInt : unmanaged
    where T : unmanaged
{
    private readonly ref byte words;
    private readonly ref byte values;
    private readonly ref byte notes;
    private readonly nuint at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Place(ref byte words, ref byte values, ref byte notes, nuint at)
    {
        this.words = ref words;
        this.values = ref values;
        this.notes = ref notes;
        this.at = at;
    }

    internal TBits EvenWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(ref words, at);
    }

    internal TBits OddWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(ref words, at + (nuint)TLanes.Bytes);
    }

    internal TReal Even
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.AsReal(TLanes.Load(ref values, at));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => TLanes.Store(value, ref values, at);
    }

    internal TReal Odd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.AsReal(TLanes.Load(ref values, at + (nuint)TLanes.Bytes));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => TLanes.Store(value, ref values, at + (nuint)TLanes.Bytes);
    }

    internal TReal EvenNote
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.AsReal(TLanes.Load(ref notes, at));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => TLanes.Store(value, ref notes, at);
    }

    internal TReal OddNote
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.AsReal(TLanes.Load(ref notes, at + (nuint)TLanes.Bytes));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => TLanes.Store(value, ref notes, at + (nuint)TLanes.Bytes);
    }

    /// <summary>Puts finished elements into their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Finish(TReal even, TReal odd)
    {
        TLanes.Store(TLanes.InterleaveLower(even, odd), ref values, at);
        TLanes.Store(TLanes.InterleaveUpper(even, odd), ref values, at + (nuint)TLanes.Bytes);
    }
}
