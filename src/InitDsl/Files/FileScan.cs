namespace InitDsl;

/// <summary>What is found in a tensor's elements when they are read for a dtype.</summary>
/// <param name="Moments">Their moments.</param>
/// <param name="Finite">Those of them that are finite, or of their parts.</param>
/// <param name="AreWhole">Whether all are whole numbers.</param>
/// <param name="Rounded">How many of them the dtype cannot hold exactly; complex parts count by themselves.</param>
/// <param name="Hash">SHA-256 of their bytes, so that they can be told apart when the file is gone.</param>
internal sealed record FileScan(Moments Moments, FiniteRange Finite, bool AreWhole, long Rounded, ReadOnlyMemory<byte> Hash)
{
    private const int Chunk = 1 << 15;

    /// <summary>
    /// Reads all elements in chunks over all processors, and once more from first to last for the hash, beside the chunks.
    /// What is found does not depend on the number of processors.
    /// </summary>
    internal static FileScan Of(FileTensor tensor, DType stored, DType target)
    {
        long elements = tensor.Shape.Elements;
        var parts = new Part[checked((int)((elements + Chunk - 1) / Chunk))];
        byte[] hash = [];
        Workers.Run(parts.Length + 1, parts.Length < 4 ? 1 : Environment.ProcessorCount, i =>
        {
            if (i == 0)
            {
                hash = tensor.Hash();
                return;
            }

            long start = (long)(i - 1) * Chunk;
            parts[i - 1] = PartOf(tensor, stored, target, start, (int)Math.Min(Chunk, elements - start));
        });
        var moments = new ParameterMoments(stored);
        foreach (Part part in parts)
        {
            moments.Add(part.Moments);
        }

        return new(moments.Moments, FiniteRange.Joined(parts.Select(part => part.Finite)), Array.TrueForAll(parts, part => part.AreWhole), parts.Sum(part => part.Rounded), hash);
    }

    private static Part PartOf(FileTensor tensor, DType stored, DType target, long start, int elements)
    {
        int size = stored.Size();
        byte[] bytes = new byte[elements * size];
        tensor.File.Read(tensor.Offset + (start * size), bytes);
        var moments = new ParameterMoments(stored);
        moments.Add(bytes);
        FiniteRange finite = FiniteRange.Of(moments.Moments, stored, bytes);
        if (stored == target || Holds(target, stored))
        {
            return new(moments, finite, AreWhole: !stored.IsReal() && !stored.IsComplex(), 0);
        }

        double[] values = new double[elements * (stored.IsComplex() ? 2 : 1)];
        ElementCodec.Read(stored, bytes, values);
        long rounded = 0;
        bool whole = true;
        foreach (double value in values)
        {
            whole &= double.IsInteger(value);
            rounded += Precision.Round(target, value).Equals(value) || double.IsNaN(value) ? 0 : 1;
        }

        return new(moments, finite, whole, rounded);
    }

    /// <summary>Whether a floating-point dtype holds every number of another, so that nothing need be looked at.</summary>
    private static bool Holds(DType target, DType stored) => (target, stored) switch
    {
        (DType.Float64 or DType.Complex128, DType.Float32 or DType.Float16 or DType.BFloat16) => true,
        (DType.Float32 or DType.Complex64, DType.Float16 or DType.BFloat16) => true,
        (DType.Complex64, DType.Float32) or (DType.Complex128, DType.Float64 or DType.Complex64) => true,
        _ => false,
    };

    private readonly record struct Part(ParameterMoments Moments, FiniteRange Finite, bool AreWhole, long Rounded);
}
