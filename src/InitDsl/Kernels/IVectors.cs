namespace InitDsl;

/// <summary>One vector of the processor, of 128, 256 or 512 bits.</summary>
internal interface IVectors<TBits, TReal, TInt, T> : ILanes<TBits, TReal, TInt, T>
    where TBits : struct
    where TReal : struct
    where TInt : unmanaged
    where T : unmanaged
{
    /// <summary>The 64-bit indices of as many blocks, in <see cref="PhiloxLanes"/>' order.</summary>
    static abstract TBits BlockOffsets { get; }

    /// <summary>Stores the lower halves of 32-bit lanes, whose upper halves are zeros: a's, then b's.</summary>
    static abstract void StoreLowerHalves(TBits a, TBits b, ref byte destination, nuint offset);

    /// <summary><see cref="PhiloxLanes.Write"/> at this width.</summary>
    static abstract void WriteWords(in PhiloxSchedule schedule, uint block, int count, ref byte destination);
}
