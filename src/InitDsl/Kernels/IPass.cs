namespace InitDsl;

/// <summary>
/// One pass over a buffer of elements, two vectors at a time. A law's kernel is a few of them in turn: of a short chain
/// of operations, each of which waits for the one before, the processor works on many at once; of a long chain it
/// cannot see far enough ahead to do so. What one pass leaves to the next waits in the first-level cache.
/// </summary>
internal interface IPass<TInt, T>
    where TInt : unmanaged
    where T : unmanaged
{
    void Run<TLanes, TBits, TReal>(Place<TLanes, TBits, TReal, TInt, T> place)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct;
}
