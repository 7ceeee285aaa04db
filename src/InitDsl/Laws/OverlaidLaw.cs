namespace InitDsl;

/// <summary>Some rows of a parameter, with a law and a stream of their own.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The first row after them.</param>
/// <param name="Law">Their law; its element 0 is the first of row <paramref name="First"/>.</param>
public sealed record LawOverlay(long First, long End, Law Law)
{
    /// <summary>The slice of the parameter's stream that the rows draw from: equal rows draw equal values.</summary>
    internal string StreamName => FormattableString.Invariant($"rows {First}..{End}");
}

/// <summary>
/// A law for the whole parameter and laws for some of its rows that overwrite it, later ones over earlier. All values
/// that are not overwritten are those that they would be without. The moments are those of the mixture; they are
/// unknown where a part of a law is seen whose elements do not all have one distribution.
/// </summary>
public sealed record OverlaidLaw : Law
{
    /// <summary>More slices than this are counted, not written out: a plan has them line by line.</summary>
    private const int MostShown = 3;

    private readonly RowSegment[] segments;

    /// <summary>How many rows are seen of each overlay; the first number is that of what is under them.</summary>
    private readonly long[] rowsSeen;

    internal OverlaidLaw(Law under, Shape shape, IReadOnlyList<LawOverlay> overlays)
    {
        Under = under;
        Shape = shape;
        Overlays = [.. overlays];
        segments = RowSegment.Of(shape[0], [.. Overlays.Select(overlay => (overlay.First, overlay.End))]);
        rowsSeen = new long[Overlays.Count + 1];
        foreach (RowSegment segment in segments)
        {
            rowsSeen[segment.Overlay + 1] += segment.End - segment.First;
        }
    }

    /// <summary>The law of all other rows; <see cref="KeptLaw"/> where they stay as they are.</summary>
    public Law Under { get; }

    /// <summary>The parameter's shape.</summary>
    public Shape Shape { get; }

    /// <summary>The rows that overwrite, earlier ones first.</summary>
    public IReadOnlyList<LawOverlay> Overlays { get; }

    /// <inheritdoc/>
    public override double Mean => Shape.Elements == 0 ? 0 : Mixture.Mean(Mixed);

    /// <inheritdoc/>
    public override double Std => Shape.Elements == 0 ? 0 : Mixture.Std(Mixed);

    /// <inheritdoc/>
    public override double Min => Seen.Select(part => part.Law.Min).DefaultIfEmpty(0).Min();

    /// <inheritdoc/>
    public override double Max => Seen.Select(part => part.Law.Max).DefaultIfEmpty(0).Max();

    internal override bool IsRandom => Under.IsRandom || Overlays.Any(overlay => overlay.Law.IsRandom);

    internal override int Components => Parts.Max(part => part.Components);

    internal override IReadOnlyList<Law> Parts => [Under, .. Overlays.Select(overlay => overlay.Law)];

    internal override int Blends => 0;

    /// <summary>The rows from first to last, each with the law that is seen there.</summary>
    internal IReadOnlyList<RowSegment> Segments => segments;

    /// <summary>Whether some rows keep the values they have.</summary>
    internal bool KeepsSome => Array.Exists(segments, segment => LawAt(segment.Overlay) is KeptLaw);

    internal long RowLength => Shape.Elements / Math.Max(1, Shape[0]);

    private IEnumerable<PartSeen> Seen => segments.SelectMany(PartsOf);

    /// <summary>Of a part of a law whose elements differ nothing is known.</summary>
    private (double Share, Law Law)[] Mixed =>
        [.. Seen.Select(part => ((double)part.Rows / Shape[0], part.Whole || part.Law.Homogeneous ? part.Law : new KeptLaw()))];

    /// <summary>The law of an overlay, of the whole parameter's at <see cref="RowSegment.Under"/>.</summary>
    internal Law LawAt(int overlay) => overlay == RowSegment.Under ? Under : Overlays[overlay].Law;

    /// <summary>How many blocks are seen, in part at least, of what is under the overlays; 0 where it has none.</summary>
    internal int BlocksSeen => segments
        .Where(segment => segment.Overlay == RowSegment.Under).SelectMany(PartsOf).Select(part => part.Block).OfType<int>().Distinct().Count();

    /// <summary>How many rows of an overlay, or of what is under them, are seen.</summary>
    internal long RowsSeen(int overlay) => rowsSeen[overlay + 1];

    /// <summary>The overlays alone: all other rows stay as they are.</summary>
    internal OverlaidLaw OverKept() => new(new KeptLaw(), Shape, Overlays);

    /// <summary>Which overlay is seen in a row.</summary>
    internal int At(long row) => segments[SegmentAt(row)].Overlay;

    /// <summary>The index of the segment that a row lies in.</summary>
    internal int SegmentAt(long row)
    {
        int low = 0;
        for (int high = segments.Length - 1; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = row < segments[middle].End ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    internal override Law With(IReadOnlyList<Law> parts) =>
        new OverlaidLaw(parts[0], Shape, [.. Overlays.Select((overlay, i) => overlay with { Law = parts[i + 1] })]);

    internal override Law Cast(DType dtype) => With([.. Parts.Select(part => part.Cast(dtype))]);

    /// <inheritdoc/>
    public override Law Scale(double factor) => With([.. Parts.Select(part => part.Scale(factor))]);

    /// <inheritdoc/>
    public bool Equals(OverlaidLaw? other) =>
        other is not null && Under == other.Under && Shape.Equals(other.Shape) && Overlays.SequenceEqual(other.Overlays);

    /// <inheritdoc/>
    public override int GetHashCode() => Overlays.Aggregate(HashCode.Combine(Under, Shape), HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString()
    {
        IEnumerable<string> under = RowsSeen(RowSegment.Under) > 0 ? [$"{Under}"] : [];
        return string.Join("; ", under.Concat(Overlays.Count > MostShown
            ? [$"{Overlays.Count} slices"]
            : Overlays.Select(overlay => $"{overlay.StreamName} {overlay.Law}")));
    }

    private protected override Law Clamped(double low, double high) => With([.. Parts.Select(part => part.Clamp(low, high))]);

    /// <summary>The law of a segment, or of its blocks where it has any.</summary>
    private IEnumerable<PartSeen> PartsOf(RowSegment segment)
    {
        Law law = LawAt(segment.Overlay);
        (long start, long end) = segment.Overlay == RowSegment.Under ? (0, Shape[0]) : (Overlays[segment.Overlay].First, Overlays[segment.Overlay].End);
        if (law is not SlicedLaw sliced || RowLength == 0 || sliced.Slices.Any(block => block.Elements % RowLength != 0))
        {
            yield return new(segment.End - segment.First, law, segment.First == start && segment.End == end);
            yield break;
        }

        for (int i = 0; i < sliced.Slices.Count; i++)
        {
            long next = start + (sliced.Slices[i].Elements / RowLength);
            long seen = Math.Min(segment.End, next) - Math.Max(segment.First, start);
            if (seen > 0)
            {
                yield return new(seen, sliced.Slices[i].Law, seen == next - start, i);
            }

            start = next;
        }
    }

    /// <summary>Rows in which one law is seen.</summary>
    /// <param name="Rows">How many.</param>
    /// <param name="Law">The law.</param>
    /// <param name="Whole">Whether they are all that it has.</param>
    /// <param name="Block">Which block of a larger law it is; null where the law is no block.</param>
    private readonly record struct PartSeen(long Rows, Law Law, bool Whole, int? Block = null);
}

/// <summary>A run of rows in which one law is seen.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The first row after them.</param>
/// <param name="Overlay">The index of the overlay, or <see cref="Under"/>.</param>
internal readonly record struct RowSegment(long First, long End, int Overlay)
{
    /// <summary>No overlay: the law of the whole parameter.</summary>
    internal const int Under = -1;

    /// <summary>The segments of so many rows, in order; the last range that has a row is seen there.</summary>
    internal static RowSegment[] Of(long rows, IReadOnlyList<(long First, long End)> ranges)
    {
        long[] cuts = [.. ranges.SelectMany(range => new[] { range.First, range.End }).Append(0).Append(rows).Distinct().Order()];
        int[] byFirst = [.. Enumerable.Range(0, ranges.Count).OrderBy(i => ranges[i].First)];
        var begun = new PriorityQueue<int, int>();   // the last range first
        int next = 0;
        var segments = new List<RowSegment>();
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            (long first, long end) = (cuts[i], cuts[i + 1]);
            for (; next < byFirst.Length && ranges[byFirst[next]].First <= first; next++)
            {
                begun.Enqueue(byFirst[next], -byFirst[next]);
            }

            while (begun.TryPeek(out int over, out _) && ranges[over].End <= first)
            {
                begun.Dequeue();
            }

            int seen = begun.TryPeek(out int last, out _) ? last : Under;
            if (segments.Count > 0 && segments[^1].Overlay == seen)
            {
                segments[^1] = segments[^1] with { End = end };
            }
            else
            {
                segments.Add(new(first, end, seen));
            }
        }

        return [.. segments];
    }
}
