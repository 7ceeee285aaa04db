using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>
/// Makes one random orthonormal matrix in place. Its vectors, the rows of a wide matrix or the columns of a tall one,
/// count as rows here, whichever way they lie. Vector i is s·eᵢ·Hᵢ·…·H₁, where Hⱼ = I − 2vᵀv/(v·vᵀ) takes eⱼ to the
/// direction of a normal vector that is zero before its element j, and s is the sign of that vector's element i which
/// makes up for the sign that the reflection had to give it: eᵢ·Hᵢ·s is the normal vector itself, divided by its length.
/// <para>
/// As in LAPACK's orgqr the last reflections are applied first, so that vectors and elements that are still those of the
/// identity need not be touched; and a block of them at once, as I − VᵀTV (Schreiber and Van Loan 1989, "A
/// storage-efficient WY representation for products of Householder transformations"), so that nearly all work is
/// products of matrices. T⁻¹ is the lower half of V·Vᵀ with half its diagonal (Puglisi 1992, "Modification of the
/// Householder method based on the compact WY representation"), for which the v need no particular length.
/// </para>
/// The rows of V lie in the matrix where the vectors will be that they make; the rest of the memory is of the size of
/// one block of vectors.
/// </summary>
internal sealed unsafe class Reflections<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reflections applied at once.</summary>
    private const int Block = 64;

    /// <summary>Elements of normal values a piece of work.</summary>
    private const int DrawnAtOnce = 1 << 15;

    /// <summary>Fewest rows of a tall matrix whose squares are added up together.</summary>
    private const int RowsAtOnce = 512;

    /// <summary>Elements of vectors whose products are added up together.</summary>
    private const int ElementsAtOnce = 1 << 14;

    /// <summary>Fewest operations that are worth another thread, and vectors or elements that make up a piece of work.</summary>
    private const double WorthThread = 2e6;
    private const int PieceOfWork = 384;
    private const int LeastPiece = 32;

    private readonly T* memory;
    private readonly int rows;
    private readonly int columns;
    private readonly int threads;
    private readonly FillWatch watch;
    private readonly bool wide;
    private readonly int count;
    private readonly int length;

    /// <summary>[vector, element].</summary>
    private readonly MatrixView<T> matrix;

    internal Reflections(T* memory, int rows, int columns, int maxThreads, FillWatch watch)
    {
        this.memory = memory;
        this.rows = rows;
        this.columns = columns;
        threads = maxThreads;
        this.watch = watch;
        wide = rows <= columns;
        count = Math.Min(rows, columns);
        length = Math.Max(rows, columns);
        matrix = wide ? new(memory, columns, 1) : new(memory, 1, columns);
    }

    private int Blocks => (count + Block - 1) / Block;

    internal void Fill(StreamKey stream, long start, double gain)
    {
        T[] signs = new T[count];
        if (wide)
        {
            DrawRows(stream, start, signs);
        }
        else
        {
            DrawColumns(stream, start, signs);
        }

        watch.Advance(0);
        T[] triangles = ArrayPool<T>.Shared.Rent(Blocks * Block * Block);
        T[] products = ArrayPool<T>.Shared.Rent(count * Block);
        T[] weights = ArrayPool<T>.Shared.Rent(count * Block);
        try
        {
            fixed (T* t = triangles, g = products, w = weights)
            {
                MakeTriangles(t);
                double work = Operations(Blocks);
                for (int block = Blocks - 1; block >= 0; block--)
                {
                    MatrixView<T> triangle = Triangle(t, block);
                    FindWeights(block, triangle, Vectors(g), Vectors(w), signs);
                    Reflect(block, Vectors(w), signs, block == 0 ? T.CreateSaturating(gain) : T.One);
                    if (block > 0)
                    {
                        watch.Advance(1 - (Operations(block) / work));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(triangles);
            ArrayPool<T>.Shared.Return(products);
            ArrayPool<T>.Shared.Return(weights);
        }
    }

    private static MatrixView<T> Triangle(T* triangles, int block) => new(triangles + (block * Block * Block), Block, 1);

    /// <summary>A matrix of a row a vector and a column a reflection, that lies as the matrix does.</summary>
    private MatrixView<T> Vectors(T* first) => wide ? new(first, Block, 1) : new(first, 1, count);

    /// <summary>What applying so many blocks, the first ones, costs: it is nearly all of the work.</summary>
    private double Operations(int blocks)
    {
        double sum = 0;
        for (int block = 0; block < blocks; block++)
        {
            int first = block * Block;
            sum += (double)Size(block) * (count - first) * (length - first);
        }

        return sum;
    }

    private int Size(int block) => Math.Min(Block, count - (block * Block));

    private void DrawRows(StreamKey stream, long start, T[] signs)
    {
        int atOnce = Math.Max(1, DrawnAtOnce / columns);
        Share((rows + atOnce - 1) / atOnce, (double)rows * columns * 16, piece =>
        {
            int first = piece * atOnce;
            int end = Math.Min(first + atOnce, rows);
            Draw(stream, start, first, end);
            for (int i = first; i < end; i++)
            {
                Span<T> row = new(matrix.At(i, 0), columns);
                row[..i].Clear();
                signs[i] = Turn(ref row[i], Squares.Sum(row[i..]), i == columns - 1);
            }
        });
    }

    private void DrawColumns(StreamKey stream, long start, T[] signs)
    {
        int atOnce = Math.Max(RowsAtOnce, DrawnAtOnce / columns);
        int pieces = (rows + atOnce - 1) / atOnce;
        double[] squares = new double[(long)pieces * columns];
        Share(pieces, (double)rows * columns * 16, piece =>
        {
            int first = piece * atOnce;
            int end = Math.Min(first + atOnce, rows);
            Draw(stream, start, first, end);
            Span<double> sums = squares.AsSpan(piece * columns, columns);
            for (int i = first; i < end; i++)
            {
                Span<T> row = new(matrix.At(0, i), columns);
                int reflections = Math.Min(i + 1, columns);
                row[reflections..].Clear();
                Squares.Add(row[..reflections], sums);
            }
        });
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int piece = 0; piece < pieces; piece++)
            {
                sum += squares[(piece * columns) + j];
            }

            signs[j] = Turn(ref *matrix.At(j, j), sum, j == rows - 1);
        }
    }

    private void Draw(StreamKey stream, long start, int firstRow, int endRow)
    {
        long first = (long)firstRow * columns;
        int elements = (endRow - firstRow) * columns;
        if (typeof(T) == typeof(float))
        {
            NormalDraws.Fill(stream, start + first, new Span<float>((float*)memory + first, elements), 0, 1);
        }
        else
        {
            NormalDraws.Fill(stream, start + first, new Span<double>((double*)memory + first, elements), 0, 1);
        }
    }

    /// <summary>
    /// Makes the normal vector a reflector, by its first element; gives the sign of its vector. Element and added length
    /// have the same sign, so that nothing cancels. A vector of one element is its sign, and needs no reflection.
    /// </summary>
    private static T Turn(ref T element, double squares, bool last)
    {
        T sign = element < T.Zero ? -T.One : T.One;
        if (last)
        {
            element = T.Zero;
            return sign;
        }

        double x = double.CreateSaturating(element);
        double norm = Math.Sqrt(squares);
        element = T.CreateSaturating(x < 0 ? x - norm : x + norm);
        return -sign;
    }

    /// <summary>−T of every block.</summary>
    private void MakeTriangles(T* triangles)
    {
        // V·Vᵀ of long vectors is made a range of elements at a time, for the threads' sake and for precision's.
        (int Block, int From)[] ranges =
        [
            .. Enumerable.Range(0, Blocks).SelectMany(block =>
                Enumerable.Range(0, Ranges(block)).Select(range => (block, (block * Block) + (range * ElementsAtOnce)))),
        ];
        T[] rented = ArrayPool<T>.Shared.Rent(ranges.Length * Block * Block);
        fixed (T* grams = rented)
        {
            T* first = grams;
            Share(ranges.Length, 2.0 * Block * count * length, i =>
            {
                (int block, int from) = ranges[i];
                MatrixView<T> v = matrix.From(block * Block, from);
                int size = Size(block);
                int deep = Math.Min(ElementsAtOnce, length - from);
                MatrixProduct.Multiply(v, v.Transposed, Triangle(first, i), size, size, deep, add: false);
            });
            int done = 0;
            for (int block = 0; block < Blocks; block++)
            {
                T* gram = grams + (done * Block * Block);
                for (int range = 1; range < Ranges(block); range++)
                {
                    Add(new(gram, Block * Block), new(gram + (range * Block * Block), Block * Block));
                }

                Invert(gram, Triangle(triangles, block), Size(block));
                done += Ranges(block);
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    private int Ranges(int block) => (length - (block * Block) + ElementsAtOnce - 1) / ElementsAtOnce;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<T> sums, ReadOnlySpan<T> values)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }

    /// <summary>−T from T⁻¹, row by row.</summary>
    private static void Invert(T* gram, MatrixView<T> triangle, int size)
    {
        for (int i = 0; i < size; i++)
        {
            // A vector that is zero reflects nothing, whatever it is divided by.
            T diagonal = gram[(i * Block) + i] / (T.One + T.One);
            T reciprocal = diagonal == T.Zero ? T.One : T.One / diagonal;
            var row = new Span<T>(triangle.At(i, 0), size);
            row.Clear();
            for (int j = 0; j < i; j++)
            {
                Subtract(row, gram[(i * Block) + j] * reciprocal, new(triangle.At(j, 0), j + 1));
            }

            row[i] = -reciprocal;
        }
    }

    /// <summary>y ← y − a·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(Span<T> y, T a, ReadOnlySpan<T> x)
    {
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(y[i..]) - (new Vector<T>(a) * new Vector<T>(x[i..]))).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] -= a * x[i];
        }
    }

    /// <summary>
    /// What each vector takes of the reflectors: x ← x + w·V with w = −x·VᵀT. The block's own vectors are those of the
    /// identity still, with their sign; the later ones have zeros in the elements of the block.
    /// </summary>
    private void FindWeights(
        int block, MatrixView<T> triangle, MatrixView<T> products, MatrixView<T> weights, T[] signs)
    {
        int first = block * Block;
        int size = Size(block);
        int next = first + size;
        int deep = length - next;
        MatrixView<T> v = matrix.From(first, first);
        int piece = Piece(count - next);
        int pieces = count == next ? 0 : (count - next + piece - 1) / piece;
        Share(pieces + 1, 2.0 * size * (count - next) * length, part =>
        {
            int from = part == 0 ? 0 : size + ((part - 1) * piece);
            int vectors = part == 0 ? size : Math.Min(piece, count - first - from);
            MatrixView<T> g = products.From(from, 0);
            if (part == 0)
            {
                Transpose(v, g, signs.AsSpan(first, size));
            }
            else
            {
                MatrixProduct.Multiply(
                    matrix.From(first + from, next), v.From(0, size).Transposed, g, vectors, size, deep, add: false);
            }

            MatrixProduct.Multiply(g, triangle, weights.From(from, 0), vectors, size, size, add: false);
        });
    }

    /// <summary>The reflectors' elements in the block, each row with the sign of its vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(MatrixView<T> v, MatrixView<T> transposed, ReadOnlySpan<T> signs)
    {
        for (int i = 0; i < signs.Length; i++)
        {
            for (int j = 0; j < signs.Length; j++)
            {
                *transposed.At(i, j) = *v.At(j, i) * signs[i];
            }
        }
    }

    /// <summary>Adds weights·V to the block's vectors and all later ones, a range of elements at a time.</summary>
    private void Reflect(int block, MatrixView<T> weights, T[] signs, T gain)
    {
        int first = block * Block;
        int size = Size(block);
        int vectors = count - first;
        int elements = length - first;
        int piece = Piece(elements);
        Share((elements + piece - 1) / piece, 2.0 * size * vectors * elements, part =>
        {
            int from = part * piece;
            int width = Math.Min(piece, elements - from);
            MatrixView<T> target = matrix.From(first, first + from);
            T[] rented = ArrayPool<T>.Shared.Rent(size * width);
            fixed (T* copy = rented)
            {
                MatrixView<T> v = wide ? new(copy, width, 1) : new(copy, 1, size);
                MakeWay(target, v, size, width);
                for (int i = from; i < Math.Min(from + width, size); i++)
                {
                    *matrix.At(first + i, first + i) = signs[first + i];
                }

                MatrixProduct.Multiply(weights, v, target, vectors, width, size, add: true);
            }

            ArrayPool<T>.Shared.Return(rented);
            if (gain != T.One)
            {
                Multiply(target, vectors, width, gain);
            }
        });
    }

    /// <summary>Moves reflectors, and leaves zeros in their place.</summary>
    private void MakeWay(MatrixView<T> target, MatrixView<T> copy, int size, int width)
    {
        if (!wide)
        {
            (target, copy, size, width) = (target.Transposed, copy.Transposed, width, size);
        }

        for (int i = 0; i < size; i++)
        {
            var row = new Span<T>(target.At(i, 0), width);
            row.CopyTo(new(copy.At(i, 0), width));
            row.Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(MatrixView<T> part, int vectors, int width, T gain)
    {
        if (!wide)
        {
            (part, vectors, width) = (part.Transposed, width, vectors);
        }

        for (int i = 0; i < vectors; i++)
        {
            var row = new Span<T>(part.At(i, 0), width);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] *= gain;
            }
        }
    }

    /// <summary>How many vectors or elements make up a piece of work: as many pieces as threads, or a multiple.</summary>
    private int Piece(int total)
    {
        int rounds = Math.Max(1, (total + (threads * PieceOfWork) - 1) / (threads * PieceOfWork));
        int piece = (total + (threads * rounds) - 1) / (threads * rounds);
        return Math.Max(LeastPiece, (piece + LeastPiece - 1) / LeastPiece * LeastPiece);
    }

    private void Share(int pieces, double operations, Action<int> work)
    {
        int worth = (int)Math.Min(threads, operations / WorthThread);
        if (worth > 1 && pieces > 1)
        {
            Workers.Run(pieces, worth, work);
            return;
        }

        for (int i = 0; i < pieces; i++)
        {
            work(i);
        }
    }
}
