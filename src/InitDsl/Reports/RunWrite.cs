using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>Writes one run of a parameter and finds its moments, a chunk a time, while the chunk is in the cache.</summary>
internal static class RunWrite
{
    /// <summary>Elements that a thread takes at once.</summary>
    internal const int Chunk = 1 << 15;

    /// <summary>Elements that are written and then looked at, while they are in a cache; whole buffers of the
    /// kernels.</summary>
    private const int Part = 2 * ElementCodec.Chunk;

    private delegate void SpanWidening<T>(ReadOnlySpan<T> values, Span<float> destination);

    internal static void Write(
        Filler filler, DType dtype, long start, Span<byte> run, int maxThreads, MomentAccumulator moments, StepRun step)
    {
        // It may write already: begun, from here on.
        step.BeforeChunk();
        filler = filler.Prepare(dtype, run, maxThreads);
        int size = dtype.Size();
        int elements = run.Length / size;
        if (maxThreads > 1 && elements >= StreamWrite.WorthThreads)
        {
            WriteOnThreads(filler, dtype, start, run, maxThreads, moments, step);
            return;
        }

        for (int at = 0; at < elements; at += Chunk)
        {
            int length = Math.Min(Chunk, elements - at);
            moments.Add(WriteChunk(filler, dtype, start + at, run.Slice(at * size, length * size), step));
        }
    }

    private static unsafe void WriteOnThreads(
        Filler filler, DType dtype, long start, Span<byte> run, int maxThreads, MomentAccumulator moments, StepRun step)
    {
        int size = dtype.Size();
        int elements = run.Length / size;
        var found = new MomentAccumulator[(elements + Chunk - 1) / Chunk];

        // A span cannot leave its thread, but the memory can: it is pinned until every thread is done.
        fixed (byte* memory = run)
        {
            nint first = (nint)memory;
            ApplyWorkers.Run(step.Run, found.Length, maxThreads, i =>
            {
                int at = i * Chunk;
                int length = Math.Min(Chunk, elements - at);
                var chunk = new Span<byte>((byte*)first + ((long)at * size), length * size);
                found[i] = WriteChunk(filler, dtype, start + at, chunk, step);
            });
        }

        foreach (MomentAccumulator part in found)
        {
            moments.Add(part);
        }
    }

    private static MomentAccumulator WriteChunk(Filler filler, DType dtype, long start, Span<byte> chunk, StepRun step)
    {
        step.BeforeChunk();
        var moments = new MomentAccumulator();
        int size = dtype.Size();
        for (int at = 0; at < chunk.Length; at += Part * size)
        {
            Span<byte> part = chunk.Slice(at, Math.Min(Part * size, chunk.Length - at));
            ElementCodec.Write(filler, dtype, start + (at / size), part);
            Add(dtype, part, moments);
        }

        step.AfterChunk(chunk.Length / size);
        return moments;
    }

    private static void Add(DType dtype, ReadOnlySpan<byte> part, MomentAccumulator moments)
    {
        switch (dtype)
        {
            case DType.Complex64 or DType.Complex128:
                // Not the sum of their parts: whoever wants their moments looks at both parts at once.
                break;
            case DType.Float32:
                moments.Add(MemoryMarshal.Cast<byte, float>(part));
                break;
            case DType.Float64:
                moments.Add(MemoryMarshal.Cast<byte, double>(part));
                break;
            case DType.Float16:
                Widened(MemoryMarshal.Cast<byte, Half>(part), HalfPrecision.Widen, moments);
                break;
            case DType.BFloat16:
                Widened(MemoryMarshal.Cast<byte, ushort>(part), HalfPrecision.WidenBFloat16, moments);
                break;
            default:
                Read(dtype, part, moments);
                break;
        }
    }

    [SkipLocalsInit]
    private static void Widened<T>(ReadOnlySpan<T> chunk, SpanWidening<T> widen, MomentAccumulator moments)
    {
        Span<float> buffer = stackalloc float[ElementCodec.Chunk];
        for (; !chunk.IsEmpty; chunk = chunk[Math.Min(ElementCodec.Chunk, chunk.Length)..])
        {
            Span<float> values = buffer[..Math.Min(ElementCodec.Chunk, chunk.Length)];
            widen(chunk[..values.Length], values);
            moments.Add(values);
        }
    }

    private static void Read(DType dtype, ReadOnlySpan<byte> chunk, MomentAccumulator moments)
    {
        int size = dtype.Size();
        Span<double> buffer = stackalloc double[ElementCodec.Chunk];
        for (; !chunk.IsEmpty; chunk = chunk[Math.Min(ElementCodec.Chunk * size, chunk.Length)..])
        {
            Span<double> values = buffer[..Math.Min(ElementCodec.Chunk, chunk.Length / size)];
            ElementCodec.Read(dtype, chunk[..(values.Length * size)], values);
            moments.Add(values);
        }
    }
}
