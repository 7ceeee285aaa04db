namespace InitDsl;

/// <summary>One run of a parameter's elements in row-major order, with a law and a stream of its own.</summary>
/// <param name="Name">Names the stream: a slice of the parameter's, see <see cref="StreamKey.Slice"/>.</param>
/// <param name="Elements">How many elements.</param>
/// <param name="Law">Their law; its element 0 is the first of the run.</param>
public sealed record LawSlice(string Name, long Elements, Law Law);

/// <summary>
/// Runs of elements, one after the other, each with its own law and stream: the gates of a recurrent layer, the
/// blocks of a packed projection. The moments are those of the mixture.
/// </summary>
public sealed record SlicedLaw : Law
{
    /// <summary>Puts slices together.</summary>
    /// <param name="slices">The slices in order; together they are the whole parameter.</param>
    public SlicedLaw(IReadOnlyList<LawSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        Slices = [.. slices];
    }

    /// <summary>The slices, in order.</summary>
    public IReadOnlyList<LawSlice> Slices { get; private init; }

    /// <inheritdoc/>
    public override double Mean => Elements == 0 ? 0 : Mixture.Mean(Mixed);

    /// <inheritdoc/>
    public override double Std => Elements == 0 ? 0 : Mixture.Std(Mixed);

    /// <inheritdoc/>
    public override double Min => Slices.Min(slice => slice.Law.Min);

    /// <inheritdoc/>
    public override double Max => Slices.Max(slice => slice.Law.Max);

    internal override bool IsRandom => Slices.Any(slice => slice.Law.IsRandom);

    internal override int Components => Slices[0].Law.Components;

    internal override IReadOnlyList<Law> Parts => [.. Slices.Select(slice => slice.Law)];

    internal override int Blends => 0;

    /// <summary>Whether every slice has the same law.</summary>
    internal bool Alike => Slices.All(slice => slice.Law == Slices[0].Law);

    private long Elements => Slices.Sum(slice => slice.Elements);

    private (double Share, Law Law)[] Mixed
    {
        get
        {
            double all = Elements;
            return [.. Slices.Select(slice => (slice.Elements / all, slice.Law))];
        }
    }

    internal override Law With(IReadOnlyList<Law> parts) =>
        new SlicedLaw([.. Slices.Select((slice, i) => slice with { Law = parts[i] })]);

    internal override Law Cast(DType dtype) => With([.. Parts.Select(part => part.Cast(dtype))]);

    /// <inheritdoc/>
    public override Law Scale(double factor) => With([.. Parts.Select(part => part.Scale(factor))]);

    /// <inheritdoc/>
    public bool Equals(SlicedLaw? other) => other is not null && Slices.SequenceEqual(other.Slices);

    /// <inheritdoc/>
    public override int GetHashCode() => Slices.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString()
    {
        return Alike ? $"{Slices[0].Law} in {Slices.Count} blocks" : string.Join(" | ", Parts);
    }

    private protected override Law Clamped(double low, double high) => With([.. Parts.Select(part => part.Clamp(low, high))]);
}
