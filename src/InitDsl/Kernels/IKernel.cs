namespace InitDsl;

/// <summary>The vector form of an <see cref="IBlockLaw{T}"/>, bit for bit: the passes that turn words into
/// elements.</summary>
internal interface IKernel<TInt, T>
    where TInt : unmanaged
    where T : unmanaged
{
    /// <summary>Fills the values of a buffer.</summary>
    void Fill<TLanes, TBits, TReal>(in PassBuffer buffer)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct;
}
