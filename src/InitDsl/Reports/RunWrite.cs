using System.Runtime.CompilerServices;

namespace InitDsl;

/// <summary>Writes one run of a parameter and finds its moments, a chunk a time, while the chunk is in the cache.</summary>
internal static class RunWrite
{
    /// <summary>
    /// Elements that a thread takes at once, and that are looked at after they are written: few enough for the second-level
    /// cache, and too many for their first lines to be still on the way from memory.
    /// </summary>
    internal const int Chunk = 1 << 15;

    /// <summary>Of an apply that writes more than this, the beginning is in no cache any more at its end: its
    /// larger constants are streamed to memory.</summary>
    private const long BeyondCaches = 1 << 25;
    private const int WorthStreaming = 1 << 18;

    internal static void Write(
        Filler filler, DType dtype, long start, Span<byte> run, int maxThreads, ParameterMoments moments, StepRun step)
    {
        int size = dtype.Size();
        int elements = run.Length / size;
        step.BeforeRun(elements);
        filler = filler.Prepare(dtype, run, maxThreads, step);
        if (filler is WrittenFiller)
        {
            step.Complete();
        }

        bool streamed = step.Run.Bytes > BeyondCaches && run.Length >= WorthStreaming && (filler.IsConstant || filler is ScatteredFiller);
        if (maxThreads > 1 && elements >= StreamWrite.WorthThreads)
        {
            WriteOnThreads(filler, dtype, start, run, maxThreads, streamed, moments, step);
            return;
        }

        for (int at = 0; at < elements; at += Chunk)
        {
            int length = Math.Min(Chunk, elements - at);
            moments.Add(WriteChunk(filler, dtype, start + at, run.Slice(at * size, length * size), streamed, step));
        }
    }

    private static unsafe void WriteOnThreads(
        Filler filler, DType dtype, long start, Span<byte> run, int maxThreads, bool streamed, ParameterMoments moments, StepRun step)
    {
        int size = dtype.Size();
        int elements = run.Length / size;
        var found = new ParameterMoments[(elements + Chunk - 1) / Chunk];

        // A span cannot leave its thread, but the memory can: it is pinned until every thread is done.
        fixed (byte* memory = run)
        {
            nint first = (nint)memory;
            ApplyWorkers.Run(step.Run, found.Length, maxThreads, i =>
            {
                int at = i * Chunk;
                int length = Math.Min(Chunk, elements - at);
                var chunk = new Span<byte>((byte*)first + ((long)at * size), length * size);
                found[i] = WriteChunk(filler, dtype, start + at, chunk, streamed, step);
            });
        }

        foreach (ParameterMoments part in found)
        {
            moments.Add(part);
        }
    }

    private static ParameterMoments WriteChunk(
        Filler filler, DType dtype, long start, Span<byte> chunk, bool streamed, StepRun step)
    {
        step.BeforeChunk();
        var moments = new ParameterMoments(dtype);
        int size = dtype.Size();
        if (filler.IsConstant)
        {
            Span<byte> element = stackalloc byte[size];
            ElementCodec.Write(filler, dtype, start, element);
            Streaming.Repeat(element, chunk, streamed);
            if (streamed)
            {
                Streaming.Fence();
            }

            moments.AddRepeated(element, chunk.Length / size);
        }
        else if (filler is ScatteredFiller scattered)
        {
            WriteScattered(scattered, dtype, start, chunk, streamed, moments);
        }
        else
        {
            WriteValues(filler, dtype, start, chunk, moments);
        }

        step.AfterChunk(chunk.Length / size);
        return moments;
    }

    /// <summary>Clears memory, and writes the few elements that are not zero after it.</summary>
    private static void WriteScattered(
        ScatteredFiller filler, DType dtype, long start, Span<byte> chunk, bool streamed, ParameterMoments moments)
    {
        int size = dtype.Size();
        int elements = chunk.Length / size;
        Span<byte> element = stackalloc byte[size];
        element.Clear();
        Streaming.Repeat(element, chunk, streamed);
        if (streamed)
        {
            // Before the same lines are written again.
            Streaming.Fence();
        }

        int zeros = elements;
        Span<byte> number = stackalloc byte[size];
        for (long at = filler.Next(start); at < start + elements; at = filler.Next(at + 1))
        {
            ElementCodec.Write(filler, dtype, at, number);
            number.CopyTo(chunk.Slice((int)(at - start) * size, size));
            zeros--;
        }

        moments.AddRepeated(element, zeros);
        moments.AddRepeated(number, elements - zeros);
    }

    private static void WriteValues(Filler filler, DType dtype, long start, Span<byte> chunk, ParameterMoments moments)
    {
        // What is kept must be read where it lies.
        bool all = filler is not (WrittenFiller or OverlaidFiller { KeepsSome: true });
        if (all && dtype is (DType.Float16 or DType.BFloat16))
        {
            WriteRounded(filler, dtype, start, chunk, moments);
        }
        else
        {
            ElementCodec.Write(filler, dtype, start, chunk);
            moments.Add(chunk);
        }
    }

    [SkipLocalsInit]
    private static void WriteRounded(Filler filler, DType dtype, long start, Span<byte> part, ParameterMoments moments)
    {
        Span<float> buffer = stackalloc float[ElementCodec.Chunk];
        int elements = part.Length / sizeof(ushort);
        for (int at = 0; at < elements; at += ElementCodec.Chunk)
        {
            Span<float> values = buffer[..Math.Min(ElementCodec.Chunk, elements - at)];
            ElementCodec.WriteRounded(filler, dtype, start + at, values, part[(at * sizeof(ushort))..]);
            moments.AddNumbers<float>(values);
        }
    }
}
