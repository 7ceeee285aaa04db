namespace InitDsl;

/// <summary>Turns one block of words into the elements it holds. Implemented by structs, so that each
/// <see cref="BlockFill"/> loop is compiled for its law and calls nothing.</summary>
internal interface IBlockLaw<T>
    where T : unmanaged
{
    /// <summary>How many elements a block of four words makes: 4, or 2 where an element takes two words.</summary>
    static abstract int ElementsPerBlock { get; }

    /// <summary>Writes <see cref="ElementsPerBlock"/> elements to the front of <paramref name="destination"/>.</summary>
    void Write(WordBlock words, Span<T> destination);
}
