namespace InitDsl;

/// <summary>Reads a parameter's values as doubles, a chunk a time.</summary>
internal static class StoredValues
{
    /// <summary>Receives values; <paramref name="start"/> counts complex numbers as two.</summary>
    internal delegate void Visitor(long start, ReadOnlySpan<double> values);

    internal static void Visit(ParameterStore store, Visitor visit) =>
        Visit(store, 0, store.Spec.Shape.Elements * (store.Spec.DType.IsComplex() ? 2 : 1), visit);

    /// <summary>Reads a run of values.</summary>
    /// <param name="store">The parameter.</param>
    /// <param name="from">The first value, on an element's boundary.</param>
    /// <param name="count">How many, of whole elements.</param>
    /// <param name="visit">Receives them in order, counted from the first of the parameter.</param>
    internal static void Visit(ParameterStore store, long from, long count, Visitor visit)
    {
        DType dtype = store.Spec.DType;
        int size = dtype.Size();
        int components = dtype.IsComplex() ? 2 : 1;
        double[] buffer = new double[ElementCodec.Chunk * components];
        (long first, long end) = (from / components, (from + count) / components);
        store.Read((start, run) =>
        {
            long skipped = Math.Clamp(first - start, 0, run.Length / size);
            long taken = Math.Clamp(end - start, skipped, run.Length / size) - skipped;
            ReadOnlySpan<byte> bytes = run.Slice((int)(skipped * size), (int)(taken * size));
            start += skipped;
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
