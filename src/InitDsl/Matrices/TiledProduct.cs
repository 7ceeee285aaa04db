using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// <see cref="MatrixProduct"/> on vectors, a tile of the result a time (Goto and van de Geijn 2008, "Anatomy of
/// high-performance matrix multiplication"): a sliver of b as wide as a tile lies packed in the first-level cache,
/// rows of a stream past it from the second. Rows of a are read where they are if their elements are neighbours, and
/// packed if not.
/// </summary>
internal static unsafe class TiledProduct<TLanes, TBits, TReal, TInt, T>
    where TLanes : struct, ILanes<TBits, TReal, TInt, T>
    where TBits : struct
    where TReal : struct
    where TInt : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Depth = MatrixProduct.Depth;
    private const int TileRows = ProductTile<TLanes, TBits, TReal, TInt, T>.Rows;

    /// <summary>Rows of a, and columns of b, between which the loops go back and forth; whole tiles.</summary>
    private const int PanelRows = 32 * TileRows;
    private const int PanelColumns = 512;

    /// <summary>Elements by which a rented array may have to be moved to the start of a cache line.</summary>
    private const int Alignment = 64;

    private static int TileColumns => ProductTile<TLanes, TBits, TReal, TInt, T>.Columns;

    internal static void Multiply(
        MatrixView<T> a, MatrixView<T> b, MatrixView<T> result, int rows, int columns, int depth, bool add)
    {
        bool packed = a.ColumnStep != 1;
        int deepest = Math.Min(depth, Depth);
        int widest = Math.Min(columns, PanelColumns);
        int slivers = (widest + TileColumns - 1) / TileColumns;
        int bandSize = packed ? ((Math.Min(rows, PanelRows) + TileRows - 1) / TileRows) * TileRows * deepest : 0;
        T[] rented = ArrayPool<T>.Shared.Rent((slivers * TileColumns * deepest) + bandSize + Alignment);
        try
        {
            fixed (T* buffer = rented)
            {
                var panel = (T*)(((nint)buffer + Alignment - 1) & -Alignment);
                T* band = panel + (slivers * TileColumns * deepest);
                for (int firstColumn = 0; firstColumn < columns; firstColumn += PanelColumns)
                {
                    int width = Math.Min(PanelColumns, columns - firstColumn);
                    for (int first = 0; first < depth; first += Depth)
                    {
                        int deep = Math.Min(Depth, depth - first);
                        PackColumns(b.From(first, firstColumn), deep, width, panel);
                        for (int firstRow = 0; firstRow < rows; firstRow += PanelRows)
                        {
                            int height = Math.Min(PanelRows, rows - firstRow);
                            MatrixView<T> part = a.From(firstRow, first);
                            if (packed)
                            {
                                PackRows(part, height, deep, band);
                            }

                            Tiles(
                                part, packed ? band : null, panel, result.From(firstRow, firstColumn),
                                height, width, deep, add || first > 0);
                        }
                    }
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(
        MatrixView<T> a, T* band, T* panel, MatrixView<T> result, int rows, int columns, int depth, bool add)
    {
        byte* scratch = stackalloc byte[TileRows * 2 * 64];
        nint rowBytes = result.RowStep * sizeof(T);
        for (int column = 0; column < columns; column += TileColumns)
        {
            T* sliver = panel + ((nint)column * depth);
            int width = Math.Min(TileColumns, columns - column);
            for (int row = 0; row < rows; row += TileRows)
            {
                int height = Math.Min(TileRows, rows - row);
                T* from = band == null ? a.At(row, 0) : band + ((nint)row * depth);
                nint rowStep = band == null ? a.RowStep : 1;
                nint step = band == null ? 1 : TileRows;
                T* to = result.At(row, column);
                bool whole = width == TileColumns;
                ProductTile<TLanes, TBits, TReal, TInt, T>.Multiply(
                    (byte*)from, rowStep * sizeof(T), step * sizeof(T), height, (byte*)sliver, depth,
                    whole ? (byte*)to : scratch, whole ? rowBytes : 2 * TLanes.Bytes, whole && add);
                if (!whole)
                {
                    Put((T*)scratch, to, result.RowStep, height, width, add);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Put(T* tile, T* to, nint rowStep, int height, int width, bool add)
    {
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                T sum = tile[(row * TileColumns) + column];
                T* element = to + (row * rowStep) + column;
                *element = add ? *element + sum : sum;
            }
        }
    }

    /// <summary>Sliver by sliver, of each row of b as many elements as a tile is wide; zeros beyond the last column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackColumns(MatrixView<T> b, int depth, int columns, T* to)
    {
        int size = TileColumns;
        for (int first = 0; first < columns; first += size, to += size * depth)
        {
            int width = Math.Min(size, columns - first);
            if (width < size)
            {
                new Span<T>(to, size * depth).Clear();
            }

            if (width == size && b.ColumnStep == 1)
            {
                for (int i = 0; i < depth; i++)
                {
                    byte* source = (byte*)b.At(i, first);
                    byte* target = (byte*)(to + (i * size));
                    TLanes.Store(TLanes.AsReal(TLanes.Load(ref *source, 0)), ref *target, 0);
                    TLanes.Store(TLanes.AsReal(TLanes.Load(ref *source, (nuint)TLanes.Bytes)), ref *target, (nuint)TLanes.Bytes);
                }

                continue;
            }

            for (int column = 0; column < width; column++)
            {
                T* source = b.At(0, first + column);
                T* target = to + column;
                for (int i = 0; i < depth; i++)
                {
                    *target = *source;
                    source += b.RowStep;
                    target += size;
                }
            }
        }
    }

    /// <summary>Of each column of a as many elements as a tile is high, one column after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(MatrixView<T> a, int rows, int depth, T* to)
    {
        for (int first = 0; first < rows; first += TileRows, to += TileRows * depth)
        {
            int height = Math.Min(TileRows, rows - first);
            for (int i = 0; i < depth; i++)
            {
                T* source = a.At(first, i);
                for (int row = 0; row < height; row++)
                {
                    to[(i * TileRows) + row] = source[row * a.RowStep];
                }
            }
        }
    }
}
