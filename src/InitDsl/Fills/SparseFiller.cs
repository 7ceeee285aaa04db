using System.Numerics;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>
/// Normal values, then zeros: in each column at the rows whose words are smallest, the upper row first where words are
/// equal. The words come from the far end of the parameter's own stream, which no element's value reaches.
/// </summary>
internal sealed class SparseFiller(SparseLaw law, StreamKey stream) : Filler
{
    /// <summary>Words a time, on the stack, where zeros are put: whole buffers of the kernels.</summary>
    private const int Chunk = ElementCodec.Chunk;

    private readonly Lock finding = new();
    private LastZeros? last;

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

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch)
    {
        _ = Last(law.Rows * law.Columns < StreamWrite.WorthThreads ? 1 : maxThreads, watch);
        return this;
    }

    private LastZeros Last(int maxThreads, FillWatch watch)
    {
        lock (finding)
        {
            return last ??= LastZeros.Find(stream, (int)law.Rows, (int)law.Columns, (int)law.ZerosPerColumn, maxThreads, watch);
        }
    }

    private void PutZeros<T>(long start, Span<T> destination)
        where T : unmanaged
    {
        if (law.ZerosPerColumn == 0 || destination.IsEmpty)
        {
            return;
        }

        LastZeros zeros = Last(1, FillWatch.None);
        int columns = (int)law.Columns;
        Span<uint> buffer = stackalloc uint[Math.Min(Chunk, destination.Length)];
        (int row, int column) = ((int)(start / columns), (int)(start % columns));
        for (int done = 0; done < destination.Length; done += Chunk)
        {
            Span<T> part = destination.Slice(done, Math.Min(Chunk, destination.Length - done));
            Span<uint> words = buffer[..part.Length];
            Words.Fill(stream, LastZeros.PlacingWords + start + done, words);
            for (int i = 0; i < part.Length;)
            {
                int length = Math.Min(part.Length - i, columns - column);
                zeros.Mark(row, column, words.Slice(i, length));
                i += length;
                column += length;
                if (column == columns)
                {
                    column = 0;
                    row++;
                }
            }

            Clear(part, words);
        }
    }

    /// <summary>Elements become zero where the marks are all ones, and stay where they are zero.</summary>
    private static void Clear<T>(Span<T> part, ReadOnlySpan<uint> marks)
        where T : unmanaged
    {
        int i = 0;
        if (typeof(T) == typeof(float))
        {
            Span<uint> bits = MemoryMarshal.Cast<T, uint>(part);
            for (; i <= marks.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            {
                Vector.AndNot(new Vector<uint>(bits[i..]), new Vector<uint>(marks[i..])).CopyTo(bits[i..]);
            }
        }

        for (; i < marks.Length; i++)
        {
            part[i] = marks[i] != 0 ? default : part[i];
        }
    }
}
