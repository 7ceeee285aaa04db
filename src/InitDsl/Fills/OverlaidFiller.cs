namespace InitDsl;

/// <summary>The values of a whole parameter, with those of some rows over them; rows that are kept are left as they are.</summary>
internal sealed class OverlaidFiller : Filler
{
    private readonly OverlaidLaw law;
    private readonly Filler under;
    private readonly Filler[] overlays;
    private readonly long rowLength;

    /// <param name="law">The law.</param>
    /// <param name="under">The stream of what no overlay covers.</param>
    /// <param name="overlays">The stream of each overlay.</param>
    internal OverlaidFiller(OverlaidLaw law, StreamKey under, IReadOnlyList<StreamKey> overlays)
        : this(law, Of(law.Under, under), [.. law.Overlays.Zip(overlays, (overlay, stream) => Of(overlay.Law, stream))])
    {
    }

    private OverlaidFiller(OverlaidLaw law, Filler under, Filler[] overlays)
    {
        this.law = law;
        this.under = under;
        this.overlays = overlays;
        rowLength = law.RowLength * law.Components;
        KeepsSome = law.KeepsSome;
    }

    /// <summary>Whether some rows are left as they are: only what <see cref="Written"/> names may be asked for then.</summary>
    internal bool KeepsSome { get; }

    public override void Fill(long start, Span<float> destination) => Fill(start, destination, filler => filler.Fill);

    public override void Fill(long start, Span<double> destination) => Fill(start, destination, filler => filler.Fill);

    /// <summary>The parts of a range of elements that are written.</summary>
    internal IEnumerable<(long First, long End)> Written(long start, long count)
    {
        foreach ((RowSegment segment, long first, long end) in Parts(start, count, law.RowLength))
        {
            if (law.LawAt(segment.Overlay) is not KeptLaw)
            {
                yield return (first, end);
            }
        }
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch)
    {
        // A matrix is made in the parameter's own memory, unless something there is to be kept.
        int works = overlays.Length + 1;
        Filler preparedUnder = under.Prepare(dtype, KeepsSome ? default : run, maxThreads, watch.Part(0, works));
        return new OverlaidFiller(law, preparedUnder, [.. overlays.Select((overlay, i) => overlay.Prepare(dtype, default, maxThreads, watch.Part(i + 1, works)))]);
    }

    private void Fill<T>(long start, Span<T> destination, Func<Filler, RangeFill<T>> fillOf)
    {
        foreach ((RowSegment segment, long first, long end) in Parts(start, destination.Length, rowLength))
        {
            (Filler filler, long origin) = segment.Overlay == RowSegment.Under
                ? (under, 0L)
                : (overlays[segment.Overlay], law.Overlays[segment.Overlay].First * rowLength);
            fillOf(filler)(first - origin, destination.Slice((int)(first - start), (int)(end - first)));
        }
    }

    /// <summary>The segments that a range meets, each with the part of the range that lies in it.</summary>
    private IEnumerable<(RowSegment Segment, long First, long End)> Parts(long start, long count, long row)
    {
        if (count == 0 || row == 0)
        {
            yield break;
        }

        long last = start + count;
        for (int i = law.SegmentAt(start / row); i < law.Segments.Count && law.Segments[i].First * row < last; i++)
        {
            RowSegment segment = law.Segments[i];
            yield return (segment, Math.Max(segment.First * row, start), Math.Min(segment.End * row, last));
        }
    }
}
