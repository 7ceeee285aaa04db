namespace InitDsl;

/// <summary>
/// The vector operations that the kernels are written in, so that one source serves every width: the JIT compiles a
/// kernel anew for each struct that implements this, and inlines what it calls. Each operation rounds once, like its
/// scalar twin; there is deliberately none that multiplies and adds in one rounding.
/// </summary>
/// <typeparam name="TBits">A vector of integers.</typeparam>
/// <typeparam name="TReal">A vector of as many floating-point numbers of the same size.</typeparam>
/// <typeparam name="TInt">An integer lane: int or long.</typeparam>
/// <typeparam name="T">A floating-point lane: float or double.</typeparam>
internal interface ILanes<TBits, TReal, TInt, T>
    where TBits : struct
    where TReal : struct
    where TInt : unmanaged
    where T : unmanaged
{
    /// <summary>Bytes in a vector.</summary>
    static abstract int Bytes { get; }

    static abstract TBits Load(ref byte source, nuint offset);

    static abstract void Store(TReal value, ref byte destination, nuint offset);

    static abstract TBits All(TInt value);

    static abstract TReal All(T value);

    static abstract TBits AsBits(TReal value);

    static abstract TReal AsReal(TBits value);

    /// <summary>The nearest floating-point number of each signed integer.</summary>
    static abstract TReal ToReal(TBits value);

    static abstract TBits Add(TBits a, TBits b);

    static abstract TBits And(TBits a, TBits b);

    static abstract TBits Xor(TBits a, TBits b);

    static abstract TBits Xor(TBits a, TBits b, TBits c);

    static abstract TBits ShiftLeft(TBits value, int count);

    /// <summary>Fills with zeros.</summary>
    static abstract TBits ShiftRight(TBits value, int count);

    /// <summary>All bits of a lane set where the integer is negative.</summary>
    static abstract TBits SignMask(TBits value);

    /// <summary>Of 64-bit lanes: the full products of their lower halves.</summary>
    static abstract TBits MultiplyHalves(TBits a, TBits b);

    /// <summary>Of 64-bit lanes: the lower half of each, and another's lower half above it.</summary>
    static abstract TReal JoinHalves(TBits lower, TBits upper);

    static abstract TReal Add(TReal a, TReal b);

    static abstract TReal Subtract(TReal a, TReal b);

    static abstract TReal Multiply(TReal a, TReal b);

    static abstract TReal Divide(TReal a, TReal b);

    static abstract TReal Sqrt(TReal value);

    /// <summary>A step of Horner's rule: p·x, rounded, plus c, rounded.</summary>
    static abstract TReal Step(TReal p, TReal x, T c);

    /// <summary><c>value &gt; bound ? bound : value</c>, where neither is NaN; of two zeros the value's.</summary>
    static abstract TReal AtMost(TReal value, TReal bound);

    /// <summary><c>value &lt; bound ? bound : value</c>, where neither is NaN; of two zeros the value's.</summary>
    static abstract TReal AtLeast(TReal value, TReal bound);

    /// <summary>All bits set where a &lt; b.</summary>
    static abstract TReal Less(TReal a, TReal b);

    static abstract bool AnyLess(TReal a, TReal b);

    static abstract bool AnyNaN(TReal value);

    /// <summary>Bit by bit: <paramref name="yes"/> where the condition has a bit.</summary>
    static abstract TReal Select(TReal condition, TReal yes, TReal no);

    /// <summary>Of each 16 bytes of both, the lower halves in turn.</summary>
    static abstract TReal InterleaveLower(TReal a, TReal b);

    /// <summary>Of each 16 bytes of both, the upper halves in turn.</summary>
    static abstract TReal InterleaveUpper(TReal a, TReal b);
}
