using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// Products of matrices whose bits are fixed: an element of a·b is the sum of its products in the order of their
/// index, in parts of <see cref="Depth"/>, which are added up in order. Vectors lie along rows of the result, so
/// neither their width nor the shape of tiles nor threads that take different rows or columns change a bit.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Products added up before their sum is added to the sums before it: a sliver of as many rows stays in
    /// the first-level cache, and rounding errors grow with the root of the parts, not of the whole.</summary>
    internal const int Depth = 128;

    /// <summary>result ← a·b, or result ← result + a·b.</summary>
    /// <param name="a">[rows, depth].</param>
    /// <param name="b">[depth, columns].</param>
    /// <param name="result">[rows, columns]; one of its steps is 1.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">How many.</param>
    /// <param name="depth">At least 1.</param>
    /// <param name="add">Whether the result is added to.</param>
    internal static void Multiply<T>(
        MatrixView<T> a, MatrixView<T> b, MatrixView<T> result, int rows, int columns, int depth, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(depth > 0 && (result.ColumnStep == 1 || result.RowStep == 1));
        if (result.ColumnStep != 1)
        {
            (a, b, result) = (b.Transposed, a.Transposed, result.Transposed);
            (rows, columns) = (columns, rows);
        }

        if (rows == 0 || columns == 0)
        {
            return;
        }

        if (typeof(T) == typeof(float))
        {
            Multiply<int, T>(a, b, result, rows, columns, depth, add);
        }
        else
        {
            Multiply<long, T>(a, b, result, rows, columns, depth, add);
        }
    }

    private static void Multiply<TInt, T>(
        MatrixView<T> a, MatrixView<T> b, MatrixView<T> result, int rows, int columns, int depth, bool add)
        where TInt : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            TiledProduct<Lanes512<TInt, T>, Vector512<TInt>, Vector512<T>, TInt, T>.Multiply(a, b, result, rows, columns, depth, add);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            TiledProduct<Lanes256<TInt, T>, Vector256<TInt>, Vector256<T>, TInt, T>.Multiply(a, b, result, rows, columns, depth, add);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            TiledProduct<Lanes128<TInt, T>, Vector128<TInt>, Vector128<T>, TInt, T>.Multiply(a, b, result, rows, columns, depth, add);
        }
        else
        {
            MultiplyScalars(a, b, result, rows, columns, depth, add);
        }
    }

    /// <summary>The definition, and the way where there are no vectors.</summary>
    internal static void MultiplyScalars<T>(
        MatrixView<T> a, MatrixView<T> b, MatrixView<T> result, int rows, int columns, int depth, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                T* element = result.At(row, column);
                bool addPart = add;
                for (int first = 0; first < depth; first += Depth)
                {
                    T sum = T.Zero;
                    int end = Math.Min(first + Depth, depth);
                    for (int i = first; i < end; i++)
                    {
                        sum += *a.At(row, i) * *b.At(i, column);
                    }

                    *element = addPart ? *element + sum : sum;
                    addPart = true;
                }
            }
        }
    }
}
