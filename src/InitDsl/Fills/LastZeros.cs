using System.Buffers;
using System.Numerics;

namespace InitDsl;

/// <summary>Of each column of a sparse matrix the last place that is zero, in the order of the words, and of the rows where
/// words are equal.</summary>
internal sealed class LastZeros
{
    /// <summary>Where the words that place the zeros begin.</summary>
    internal const long PlacingWords = 1L << 62;

    /// <summary>Places held at once, of as many columns as that is enough for: some 16 MiB.</summary>
    private const int PlacesAtOnce = 1 << 19;

    /// <summary>How far from the expected place the last zero is looked for, in standard deviations or more.</summary>
    private const double WidthOfBand = 4;

    /// <summary>Words made at once, and fewest that are a piece of work.</summary>
    private const int Chunk = ElementCodec.Chunk;
    private const int PieceOfWork = 1 << 16;

    private readonly uint[] words;
    private readonly int[] rows;

    private LastZeros(int columns) => (words, rows) = (new uint[columns], new int[columns]);

    /// <param name="stream">The parameter's stream.</param>
    /// <param name="rows">The length of a column.</param>
    /// <param name="columns">How many there are.</param>
    /// <param name="zeros">How many elements of each are zero.</param>
    /// <param name="maxThreads">How many threads may work, the caller's among them.</param>
    /// <param name="watch">Told how far the work is.</param>
    /// <param name="width">How far from the expected place to look first; the outcome does not depend on it.</param>
    internal static LastZeros Find(
        StreamKey stream, int rows, int columns, int zeros, int maxThreads, FillWatch watch, double width = WidthOfBand)
    {
        var found = new LastZeros(columns);
        if (rows == 0 || columns == 0 || zeros == 0)
        {
            return found;
        }

        var band = new Band(rows, zeros, width);
        int across = (int)Math.Clamp(PlacesAtOnce / band.Expected, 1, columns);
        int groups = (columns + across - 1) / across;
        for (int group = 0; group < groups; group++)
        {
            int first = group * across;
            found.Find(stream, new(rows, columns, first, Math.Min(across, columns - first)), band, zeros, maxThreads);

            // The values, which are drawn next, are about as much work again.
            watch.Advance((group + 1.0) / groups / 2);
        }

        return found;
    }

    /// <summary>Puts all ones where an element is zero, and zero elsewhere, in the place of its word.</summary>
    /// <param name="row">The row of the elements.</param>
    /// <param name="column">The column of the first one.</param>
    /// <param name="placing">Their words.</param>
    internal void Mark(int row, int column, Span<uint> placing)
    {
        ReadOnlySpan<uint> limits = words.AsSpan(column, placing.Length);
        int i = 0;
        for (; i <= placing.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var word = new Vector<uint>(placing[i..]);
            var limit = new Vector<uint>(limits[i..]);
            if (Vector.EqualsAny(word, limit))
            {
                Mark(row, column + i, placing.Slice(i, Vector<uint>.Count), limits[i..]);
            }
            else
            {
                Vector.LessThan(word, limit).CopyTo(placing[i..]);
            }
        }

        Mark(row, column + i, placing[i..], limits[i..]);
    }

    private void Mark(int row, int column, Span<uint> placing, ReadOnlySpan<uint> limits)
    {
        for (int i = 0; i < placing.Length; i++)
        {
            bool zero = placing[i] < limits[i] || (placing[i] == limits[i] && row <= rows[column + i]);
            placing[i] = zero ? uint.MaxValue : 0;
        }
    }

    /// <summary>A row's place in the order of its column: by its word, then by itself.</summary>
    private static ulong Place(uint word, int row) => ((ulong)word << 32) | (uint)row;

    private void Find(StreamKey stream, Columns columns, Band band, int zeros, int maxThreads)
    {
        int rowsAtOnce = Math.Max(PieceOfWork / columns.Across, (columns.Rows + (4 * maxThreads) - 1) / (4 * maxThreads));
        var pieces = new Piece[(columns.Rows + rowsAtOnce - 1) / rowsAtOnce];
        Workers.Run(pieces.Length, maxThreads, i =>
        {
            int first = i * rowsAtOnce;
            pieces[i] = new(columns.Across);
            pieces[i].Look(stream, columns, band, first, Math.Min(first + rowsAtOnce, columns.Rows));
        });

        int[] begins = new int[columns.Across + 1];
        foreach (Piece piece in pieces)
        {
            piece.CountInto(begins);
        }

        for (int column = 0; column < columns.Across; column++)
        {
            begins[column + 1] += begins[column];
        }

        ulong[] places = ArrayPool<ulong>.Shared.Rent(begins[^1]);
        int[] ends = begins[..^1];
        foreach (Piece piece in pieces)
        {
            piece.SortInto(places, ends);
        }

        int pieceOfColumns = Math.Max(1, PieceOfWork / columns.Rows);
        Workers.Run((columns.Across + pieceOfColumns - 1) / pieceOfColumns, maxThreads, i =>
        {
            for (int column = i * pieceOfColumns; column < Math.Min((i + 1) * pieceOfColumns, columns.Across); column++)
            {
                int index = zeros - 1 - (int)pieces.Sum(piece => (long)piece.Below[column]);
                Span<ulong> candidates = places.AsSpan(begins[column], ends[column] - begins[column]);
                ulong last = index >= 0 && index < candidates.Length
                    ? Smallest(candidates, index)
                    : Smallest(Whole(stream, columns, column), zeros - 1);
                words[columns.First + column] = (uint)(last >> 32);
                rows[columns.First + column] = (int)(uint)last;
            }
        });
        ArrayPool<ulong>.Shared.Return(places);
    }

    /// <summary>All places of a column: once in some ten thousand the one that is wanted lies outside the band.</summary>
    private static ulong[] Whole(StreamKey stream, Columns columns, int column)
    {
        ulong[] places = new ulong[columns.Rows];
        Span<uint> word = stackalloc uint[1];
        for (int row = 0; row < places.Length; row++)
        {
            Words.Fill(stream, columns.Word(row, column), word);
            places[row] = Place(word[0], row);
        }

        return places;
    }

    /// <summary>
    /// The value that would stand at an index after sorting (Hoare 1961, "Algorithm 65: find"). Values differ from each
    /// other; their order is random, so the middle one is as good a pivot as any.
    /// </summary>
    private static ulong Smallest(Span<ulong> values, int index)
    {
        while (values.Length > 1)
        {
            ulong pivot = values[values.Length / 2];
            int i = 0;
            int j = values.Length - 1;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (index <= j)
            {
                values = values[..(j + 1)];
            }
            else if (index >= i)
            {
                values = values[i..];
                index -= i;
            }
            else
            {
                return pivot;
            }
        }

        return values[0];
    }

    /// <summary>Some columns of a matrix.</summary>
    /// <param name="Rows">The length of a column.</param>
    /// <param name="InAll">How many columns the matrix has.</param>
    /// <param name="First">The first of them.</param>
    /// <param name="Across">How many they are.</param>
    private readonly record struct Columns(int Rows, int InAll, int First, int Across)
    {
        internal long Word(int row, int column) => PlacingWords + ((long)row * InAll) + First + column;
    }

    /// <summary>
    /// The words among which the last zero's is nearly always: as many words of a column lie below one as its share of
    /// all words says, give or take a few times the square root.
    /// </summary>
    private readonly struct Band
    {
        internal Band(int rows, int zeros, double width)
        {
            double few = width * (Math.Sqrt(Math.Min(zeros, rows - zeros + 1)) + 2);
            double words = 1L << 32;
            Low = (uint)Math.Clamp((zeros - few) / rows * words, 0, uint.MaxValue);
            Width = (uint)Math.Clamp((zeros + few) / rows * words, 0, uint.MaxValue) - Low;
            Expected = Math.Max(1, Width / words * rows);
        }

        internal uint Low { get; }

        internal uint Width { get; }

        /// <summary>How many words of a column lie in it.</summary>
        internal double Expected { get; }
    }

    /// <summary>What some rows have in each column: how many words below the band, and which in it.</summary>
    private sealed class Piece(int columns)
    {
        private readonly List<(int Column, ulong Place)> inside = [];

        internal uint[] Below { get; } = new uint[columns];

        internal void Look(StreamKey stream, Columns columns, Band band, int firstRow, int endRow)
        {
            Span<uint> buffer = stackalloc uint[Math.Min(Chunk, columns.Across)];
            for (int row = firstRow; row < endRow; row++)
            {
                for (int column = 0; column < columns.Across; column += buffer.Length)
                {
                    Span<uint> words = buffer[..Math.Min(buffer.Length, columns.Across - column)];
                    Words.Fill(stream, columns.Word(row, column), words);
                    Look(words, row, column, band);
                }
            }
        }

        internal void CountInto(int[] begins)
        {
            foreach ((int column, ulong _) in inside)
            {
                begins[column + 1]++;
            }
        }

        internal void SortInto(ulong[] places, int[] ends)
        {
            foreach ((int column, ulong place) in inside)
            {
                places[ends[column]++] = place;
            }
        }

        private void Look(ReadOnlySpan<uint> words, int row, int firstColumn, Band band)
        {
            Span<uint> below = Below.AsSpan(firstColumn, words.Length);
            var low = new Vector<uint>(band.Low);
            var width = new Vector<uint>(band.Width);
            int i = 0;
            for (; i <= words.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            {
                var word = new Vector<uint>(words[i..]);

                // A comparison that holds is −1.
                (new Vector<uint>(below[i..]) - Vector.LessThan(word, low)).CopyTo(below[i..]);
                if (Vector.LessThanOrEqualAny(word - low, width))
                {
                    for (int j = i; j < i + Vector<uint>.Count; j++)
                    {
                        LookInside(words[j], row, firstColumn + j, band);
                    }
                }
            }

            for (; i < words.Length; i++)
            {
                below[i] += words[i] < band.Low ? 1u : 0;
                LookInside(words[i], row, firstColumn + i, band);
            }
        }

        private void LookInside(uint word, int row, int column, Band band)
        {
            if (word - band.Low <= band.Width)
            {
                inside.Add((column, Place(word, row)));
            }
        }
    }
}
