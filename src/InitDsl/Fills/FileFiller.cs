using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>Values as they lie in a weight file.</summary>
internal sealed class FileFiller(FileLaw law) : ExactFiller
{
    /// <summary>Numbers a time: real elements, or parts of complex ones.</summary>
    private const int Chunk = 1024;

    /// <summary>The type of a number.</summary>
    private readonly DType number = law.Stored switch
    {
        DType.Complex64 => DType.Float32,
        DType.Complex128 => DType.Float64,
        _ => law.Stored,
    };

    public override void Fill(long start, Span<float> destination)
    {
        if (number == DType.Float32)
        {
            Read(start, MemoryMarshal.AsBytes(destination));
        }
        else
        {
            base.Fill(start, destination);
        }
    }

    public override void Fill(long start, Span<double> destination)
    {
        if (number == DType.Float64)
        {
            Read(start, MemoryMarshal.AsBytes(destination));
            return;
        }

        // The elements of a file lie anywhere, and are brought to where numbers of their size may lie.
        Span<ulong> aligned = stackalloc ulong[Math.Min(Chunk, destination.Length)];
        int size = number.Size();
        for (int done = 0; done < destination.Length; done += Chunk)
        {
            Span<double> values = destination.Slice(done, Math.Min(Chunk, destination.Length - done));
            Span<byte> bytes = MemoryMarshal.AsBytes(aligned)[..(values.Length * size)];
            Read(start + done, bytes);
            ElementCodec.Read(number, bytes, values);
        }
    }

    private void Read(long start, Span<byte> bytes) => law.Source.File.Read(law.Source.Offset + (start * number.Size()), bytes);
}
