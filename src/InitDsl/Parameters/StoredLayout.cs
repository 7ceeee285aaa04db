namespace InitDsl;

/// <summary>
/// Values between the order that rules go by, [out, in] with PyTorch's gates, and the order in the memory of a backend that
/// holds the transpose or stacks its gates otherwise.
/// </summary>
internal static class StoredLayout
{
    /// <summary>Whether the two orders differ.</summary>
    internal static bool Differs(ParamSpec spec) => spec.Transposed || spec.StoredGates.Count > 0;

    /// <summary>Brings elements from the memory's order into that of rules.</summary>
    /// <param name="stored">As the memory has them.</param>
    /// <param name="values">As many elements.</param>
    /// <param name="spec">The parameter.</param>
    internal static void FromMemory<T>(ReadOnlySpan<T> stored, Span<T> values, ParamSpec spec)
    {
        if (spec.StoredGates.Count == 0)
        {
            Turn(stored, values, spec, spec.StoredShape);
            return;
        }

        T[] rows = new T[values.Length];
        Turn(stored, rows, spec, spec.StoredShape);
        Reorder<T>(rows, values, spec.StoredGates, InOrder(spec));
    }

    /// <summary>Brings elements from the order of rules into the memory's.</summary>
    /// <param name="values">As rules have them.</param>
    /// <param name="stored">As many elements.</param>
    /// <param name="spec">The parameter.</param>
    internal static void ToMemory<T>(ReadOnlySpan<T> values, Span<T> stored, ParamSpec spec)
    {
        if (spec.StoredGates.Count == 0)
        {
            Turn(values, stored, spec, spec.Shape);
            return;
        }

        T[] rows = new T[values.Length];
        Reorder(values, rows, InOrder(spec), spec.StoredGates);
        Turn<T>(rows, stored, spec, spec.Shape);
    }

    private static void Turn<T>(ReadOnlySpan<T> from, Span<T> into, ParamSpec spec, Shape shape)
    {
        if (spec.Transposed)
        {
            Turned.Copy(from, into, shape[0], shape[1]);
        }
        else
        {
            from.CopyTo(into);
        }
    }

    /// <summary>Not <see cref="ParamSpec.Gates"/>: an alias in a model that is no recurrent layer has the same memory.</summary>
    private static IReadOnlyList<Gate> InOrder(ParamSpec spec) =>
        spec.StoredGates.Count == ParamSpec.GatesOfLstm.Count ? ParamSpec.GatesOfLstm : ParamSpec.GatesOfGru;

    /// <summary>Copies the block of each gate from its place in one order to that in another.</summary>
    private static void Reorder<T>(ReadOnlySpan<T> from, Span<T> into, IReadOnlyList<Gate> before, IReadOnlyList<Gate> after)
    {
        int block = from.Length / before.Count;
        for (int i = 0; i < before.Count; i++)
        {
            int place = 0;
            while (after[place] != before[i])
            {
                place++;
            }

            from.Slice(i * block, block).CopyTo(into[(place * block)..]);
        }
    }
}
