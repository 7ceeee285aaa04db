namespace InitDsl;

/// <summary>Which elements of a parameter, in row-major order; equal to another by its values.</summary>
internal sealed class ElementMask(bool[] kept) : IEquatable<ElementMask>
{
    internal long Count { get; } = kept.LongCount(keep => keep);

    internal double Share => kept.Length == 0 ? 1 : (double)Count / kept.Length;

    internal string Digest => ValueDigest.Of(Array.ConvertAll(kept, keep => keep ? 1.0 : 0.0));

    internal bool this[long index] => kept[index];

    public bool Equals(ElementMask? other) => other is not null && kept.AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as ElementMask);

    public override int GetHashCode() => HashCode.Combine(kept.Length, Count);

    private ReadOnlySpan<bool> AsSpan() => kept;
}
