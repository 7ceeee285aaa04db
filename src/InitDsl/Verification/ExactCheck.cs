namespace InitDsl;

/// <summary>Values that are known in advance must be there to the last bit.</summary>
internal static class ExactCheck
{
    internal static IEnumerable<(string Property, string What)> Of(ValueView view, Filler filler, ValueFilter covers)
    {
        DType dtype = view.DType;
        int components = view.Components;
        byte[] bytes = new byte[ElementCodec.Chunk * dtype.Size()];
        double[] expected = new double[ElementCodec.Chunk * components];
        long wrong = 0;
        (long At, double Found, double Expected) first = default;
        view.Visit((start, values) =>
        {
            Span<byte> raw = bytes.AsSpan(0, values.Length / components * dtype.Size());
            ElementCodec.Write(filler, dtype, start / components, raw);
            ElementCodec.Read(dtype, raw, expected.AsSpan(0, values.Length));
            for (int i = 0; i < values.Length; i++)
            {
                if (covers(start + i, values[i]) && !view.Same(values[i], expected[i]))
                {
                    first = wrong == 0 ? (start + i, values[i], expected[i]) : first;
                    wrong++;
                }
            }
        });
        if (wrong > 0)
        {
            yield return ("values",
                $"{Numbers.Count(wrong)} of {Numbers.Count(view.Count / components)} {(wrong == 1 ? "value differs" : "values differ")}, the first at index "
                + $"{first.At}: {Numbers.Nine(first.Found)} instead of {Numbers.Nine(first.Expected)}");
        }
    }
}
