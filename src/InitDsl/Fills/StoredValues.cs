namespace InitDsl;

/// <summary>Reads a parameter's values as doubles, a chunk a time.</summary>
internal static class StoredValues
{
    /// <summary>Receives values; <paramref name="start"/> counts complex numbers as two.</summary>
    internal delegate void Visitor(long start, ReadOnlySpan<double> values);

    internal static void Visit(ParameterStore store, Visitor visit)
    {
        DType dtype = store.Spec.DType;
        int size = dtype.Size();
        int components = dtype.IsComplex() ? 2 : 1;
        double[] buffer = new double[ElementCodec.Chunk * components];
        store.Read((start, bytes) =>
        {
            while (bytes.Length > 0)
            {
                int elements = Math.Min(ElementCodec.Chunk, bytes.Length / size);
                Span<double> values = buffer.AsSpan(0, elements * components);
                ElementCodec.Read(dtype, bytes[..(elements * size)], values);
                visit(start * components, values);
                start += elements;
                bytes = bytes[(elements * size)..];
            }
        });
    }
}
