using System.Collections;
using System.Globalization;

namespace InitDsl;

/// <summary>The sizes of a tensor's dimensions: an immutable list, equal to another by its values.</summary>
public sealed class Shape : IReadOnlyList<long>, IEquatable<Shape>
{
    private readonly long[] sizes;

    /// <summary>Makes a shape from its sizes, outermost dimension first.</summary>
    /// <param name="sizes">One non-negative size a dimension; none for a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public Shape(params long[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        foreach (long size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
        }

        this.sizes = (long[])sizes.Clone();
        long elements = 1;
        foreach (long size in sizes)
        {
            elements = checked(elements * size);
        }

        Elements = elements;
    }

    /// <summary>No dimensions, one element.</summary>
    internal static Shape Scalar { get; } = new();

    /// <summary>How many dimensions there are; 0 for a scalar.</summary>
    public int Rank => sizes.Length;

    /// <summary>How many elements a tensor of this shape has.</summary>
    public long Elements { get; }

    int IReadOnlyCollection<long>.Count => sizes.Length;

    /// <summary>The size of one dimension.</summary>
    /// <param name="axis">The dimension, from 0.</param>
    public long this[int axis] => sizes[axis];

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (long size in sizes)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The sizes in brackets: <c>[768, 3072]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
