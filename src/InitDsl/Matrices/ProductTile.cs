using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// The innermost loop of a product: a tile of the result, six rows of two vectors, stays in registers while a row of
/// b and a column of a come by. Fourteen vectors: sixteen registers are enough, on every width.
/// </summary>
internal static unsafe class ProductTile<TLanes, TBits, TReal, TInt, T>
    where TLanes : struct, ILanes<TBits, TReal, TInt, T>
    where TBits : struct
    where TReal : struct
    where TInt : unmanaged
    where T : unmanaged
{
    internal const int Rows = 6;

    internal static int Columns => 2 * TLanes.Bytes / sizeof(T);

    /// <summary>result ← a·b, or result ← result + a·b.</summary>
    /// <param name="a">The first element of the tile's rows of a.</param>
    /// <param name="rowStep">Bytes between the rows of a.</param>
    /// <param name="step">Bytes between the elements of a row of a.</param>
    /// <param name="rows">How many rows there are, of a and of the tile; where there are fewer, the last one is computed
    /// again.</param>
    /// <param name="b">The packed sliver.</param>
    /// <param name="depth">At least 1.</param>
    /// <param name="result">The tile.</param>
    /// <param name="resultStep">Bytes between its rows.</param>
    /// <param name="add">Whether the result is added to.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(
        byte* a, nint rowStep, nint step, int rows, byte* b, int depth, byte* result, nint resultStep, bool add)
    {
        nint row1 = Math.Min(1, rows - 1) * rowStep;
        nint row2 = Math.Min(2, rows - 1) * rowStep;
        nint row3 = Math.Min(3, rows - 1) * rowStep;
        nint row4 = Math.Min(4, rows - 1) * rowStep;
        nint row5 = Math.Min(5, rows - 1) * rowStep;
        TReal c00 = TLanes.All(default(T));
        TReal c01 = TLanes.All(default(T));
        TReal c10 = TLanes.All(default(T));
        TReal c11 = TLanes.All(default(T));
        TReal c20 = TLanes.All(default(T));
        TReal c21 = TLanes.All(default(T));
        TReal c30 = TLanes.All(default(T));
        TReal c31 = TLanes.All(default(T));
        TReal c40 = TLanes.All(default(T));
        TReal c41 = TLanes.All(default(T));
        TReal c50 = TLanes.All(default(T));
        TReal c51 = TLanes.All(default(T));
        do
        {
            TReal b0 = TLanes.AsReal(TLanes.Load(ref *b, 0));
            TReal b1 = TLanes.AsReal(TLanes.Load(ref *b, (nuint)TLanes.Bytes));
            TReal x = TLanes.All(*(T*)a);
            c00 = TLanes.Add(c00, TLanes.Multiply(x, b0));
            c01 = TLanes.Add(c01, TLanes.Multiply(x, b1));
            x = TLanes.All(*(T*)(a + row1));
            c10 = TLanes.Add(c10, TLanes.Multiply(x, b0));
            c11 = TLanes.Add(c11, TLanes.Multiply(x, b1));
            x = TLanes.All(*(T*)(a + row2));
            c20 = TLanes.Add(c20, TLanes.Multiply(x, b0));
            c21 = TLanes.Add(c21, TLanes.Multiply(x, b1));
            x = TLanes.All(*(T*)(a + row3));
            c30 = TLanes.Add(c30, TLanes.Multiply(x, b0));
            c31 = TLanes.Add(c31, TLanes.Multiply(x, b1));
            x = TLanes.All(*(T*)(a + row4));
            c40 = TLanes.Add(c40, TLanes.Multiply(x, b0));
            c41 = TLanes.Add(c41, TLanes.Multiply(x, b1));
            x = TLanes.All(*(T*)(a + row5));
            c50 = TLanes.Add(c50, TLanes.Multiply(x, b0));
            c51 = TLanes.Add(c51, TLanes.Multiply(x, b1));
            a += step;
            b += 2 * TLanes.Bytes;
        }
        while (--depth != 0);

        byte* result1 = result + (Math.Min(1, rows - 1) * resultStep);
        byte* result2 = result + (Math.Min(2, rows - 1) * resultStep);
        byte* result3 = result + (Math.Min(3, rows - 1) * resultStep);
        byte* result4 = result + (Math.Min(4, rows - 1) * resultStep);
        byte* result5 = result + (Math.Min(5, rows - 1) * resultStep);
        if (add)
        {
            c00 = Plus(result, 0, c00);
            c01 = Plus(result, TLanes.Bytes, c01);
            c10 = Plus(result1, 0, c10);
            c11 = Plus(result1, TLanes.Bytes, c11);
            c20 = Plus(result2, 0, c20);
            c21 = Plus(result2, TLanes.Bytes, c21);
            c30 = Plus(result3, 0, c30);
            c31 = Plus(result3, TLanes.Bytes, c31);
            c40 = Plus(result4, 0, c40);
            c41 = Plus(result4, TLanes.Bytes, c41);
            c50 = Plus(result5, 0, c50);
            c51 = Plus(result5, TLanes.Bytes, c51);
        }

        // Rows that are there once more hold the same sums.
        Store(c00, c01, result);
        Store(c10, c11, result1);
        Store(c20, c21, result2);
        Store(c30, c31, result3);
        Store(c40, c41, result4);
        Store(c50, c51, result5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal Plus(byte* result, nint offset, TReal sum) =>
        TLanes.Add(TLanes.AsReal(TLanes.Load(ref *result, (nuint)offset)), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TReal left, TReal right, byte* result)
    {
        TLanes.Store(left, ref *result, 0);
        TLanes.Store(right, ref *result, (nuint)TLanes.Bytes);
    }
}
