namespace InitDsl;

/// <summary>Turns two vectors of words into the two vectors of elements they make: the vector form of an
/// <see cref="IBlockLaw{T}"/>, bit for bit. In float32 the vectors hold the words 0 and 2, and 1 and 3, of each block,
/// in float64 the words 0 and 1, and 2 and 3: either way the first makes even elements and the second odd ones.</summary>
internal interface IKernel<TInt, T>
    where TInt : unmanaged
    where T : unmanaged
{
    void Make<TLanes, TBits, TReal>(TBits evenWords, TBits oddWords, out TReal even, out TReal odd)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct;
}
