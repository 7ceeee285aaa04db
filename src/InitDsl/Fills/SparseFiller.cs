namespace InitDsl;

/// <summary>
/// Normal values, then zeros: in each column at the rows whose words are smallest, the upper row first where words are
/// equal. The words come from the far end of the parameter's own stream, which no element's value reaches.
/// </summary>
internal sealed class SparseFiller(SparseLaw law, StreamKey stream) : Filler
{
    /// <summary>Where the words that place the zeros begin.</summary>
    private const long PlacingWords = 1L << 62;

    /// <summary>Words looked at together: of so many columns as fit, but of a few at least.</summary>
    private const int WordsAtOnce = 1 << 18;
    private const int FewestColumns = 64;

    /// <summary>Words a time, on the stack, where zeros are put.</summary>
    private const int Chunk = 1024;

    /// <summary>Of each column the last place that is zero, as <see cref="Place"/> orders them.</summary>
    private readonly Lock finding = new();
    private ulong[]? last;

    public override void Fill(long start, Span<float> destination)
    {
        NormalDraws.Fill(stream, start, destination, 0, law.Spread);
        PutZeros(start, destination);
    }

    public override void Fill(long start, Span<double> destination)
    {
        NormalDraws.Fill(stream, start, destination, 0, law.Spread);
        PutZeros(start, destination);
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads)
    {
        _ = LastZeros(run.Length / dtype.Size() < StreamWrite.WorthThreads ? 1 : maxThreads);
        return this;
    }

    /// <summary>A row's place in the order of its column: by its word, then by itself.</summary>
    private static ulong Place(uint word, int row) => ((ulong)word << 32) | (uint)row;

    private void PutZeros<T>(long start, Span<T> destination)
        where T : struct
    {
        if (law.ZerosPerColumn == 0 || destination.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<ulong> zeros = LastZeros(1);
        Span<uint> buffer = stackalloc uint[Math.Min(Chunk, destination.Length)];
        int row = (int)(start / law.Columns);
        int column = (int)(start % law.Columns);
        for (int done = 0; done < destination.Length; done += Chunk)
        {
            Span<T> part = destination.Slice(done, Math.Min(Chunk, destination.Length - done));
            Words.Fill(stream, PlacingWords + start + done, buffer[..part.Length]);
            for (int i = 0; i < part.Length;)
            {
                int length = Math.Min(part.Length - i, zeros.Length - column);
                PutZeros(part.Slice(i, length), buffer.Slice(i, length), row, zeros.Slice(column, length));
                i += length;
                column += length;
                if (column == zeros.Length)
                {
                    column = 0;
                    row++;
                }
            }
        }
    }

    private static void PutZeros<T>(Span<T> part, ReadOnlySpan<uint> words, int row, ReadOnlySpan<ulong> zeros)
        where T : struct
    {
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = Place(words[i], row) <= zeros[i] ? default : part[i];
        }
    }

    private ulong[] LastZeros(int maxThreads)
    {
        lock (finding)
        {
            return last ??= FindLastZeros(maxThreads);
        }
    }

    private ulong[] FindLastZeros(int maxThreads)
    {
        int rows = (int)law.Rows;
        int columns = (int)law.Columns;
        ulong[] found = new ulong[columns];
        if (rows == 0 || columns == 0 || law.ZerosPerColumn == 0)
        {
            return found;
        }

        int width = Math.Min(columns, Math.Max(FewestColumns, WordsAtOnce / rows));
        Workers.Run((columns + width - 1) / width, maxThreads, part =>
        {
            int first = part * width;
            int across = Math.Min(width, columns - first);
            uint[] words = new uint[rows * across];
            for (int row = 0; row < rows; row++)
            {
                Words.Fill(stream, PlacingWords + ((long)row * columns) + first, words.AsSpan(row * across, across));
            }

            ulong[] places = new ulong[rows];
            for (int column = 0; column < across; column++)
            {
                for (int row = 0; row < rows; row++)
                {
                    places[row] = Place(words[(row * across) + column], row);
                }

                found[first + column] = Smallest(places, (int)law.ZerosPerColumn - 1);
            }
        });
        return found;
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
}
