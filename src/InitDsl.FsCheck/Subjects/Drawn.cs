namespace InitDsl;

/// <summary>The values of one parameter, and the law that they should follow.</summary>
internal sealed class Drawn(ParamSpec spec, Law law, byte[] bytes)
{
    private double[]? values;

    internal ParamSpec Spec { get; } = spec;

    internal Law Law { get; } = law;

    /// <summary>The elements as they lie in memory, row-major.</summary>
    internal byte[] Bytes { get; } = bytes;

    internal string Path => Spec.Path.Length == 0 ? "tensor" : Spec.Path;

    /// <summary>The elements as numbers; complex ones count as two.</summary>
    internal double[] Values => values ??= Read();

    /// <summary>Whether some rows keep what they had, so that they say nothing about the rules.</summary>
    internal bool KeepsSome { get; } = Keeps(law);

    /// <summary>Reads the memory of a plan's step.</summary>
    internal static Drawn Of(PlanStep step)
    {
        int size = step.Spec.DType.Size();
        byte[] bytes = new byte[step.Shape.Elements * size];
        step.Store.Read((start, source) => source.CopyTo(bytes.AsSpan((int)start * size)));
        return new(step.Spec, step.Law, bytes);
    }

    internal bool Same(Drawn other) => Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <summary>The first element in which two draws differ, as text.</summary>
    internal string Difference(Drawn other)
    {
        int at = Enumerable.Range(0, Math.Min(Values.Length, other.Values.Length))
            .FirstOrDefault(i => !Values[i].Equals(other.Values[i]), -1);
        return at < 0
            ? $"{Bytes.Length} bytes, then {other.Bytes.Length}"
            : $"at index {at} {Numbers.Nine(Values[at])}, then {Numbers.Nine(other.Values[at])}";
    }

    private static bool Keeps(Law law) =>
        law is KeptLaw || (law is OverlaidLaw overlaid && Keeps(overlaid.Under)) || law.Parts.Any(Keeps);

    private double[] Read()
    {
        double[] read = new double[Spec.Shape.Elements * (Spec.DType.IsComplex() ? 2 : 1)];
        ElementCodec.Read(Spec.DType, Bytes, read);
        return read;
    }
}
