namespace InitDsl.Tests;

/// <summary>Laws for some rows over a law for all: what is seen of each, and what is known of the whole.</summary>
public class OverlaidLawTests
{
    private static readonly Shape Shape = new(12, 2);

    /// <summary>Row by row: the last range that has a row is seen there, and equal neighbours are one segment.</summary>
    [Property(MaxTest = 300)]
    public void Segments_are_the_runs_of_rows_with_the_same_last_range(byte[] picks)
    {
        const int Rows = 9;
        (long First, long End)[] ranges = [.. picks.Take(6).Select(pick => ((long)(pick % Rows), (long)(pick % Rows) + 1 + (pick / Rows % (Rows - (pick % Rows)))))];
        int[] seen = [.. Enumerable.Range(0, Rows).Select(row => Array.FindLastIndex(ranges, range => range.First <= row && row < range.End))];
        RowSegment[] segments = RowSegment.Of(Rows, ranges);
        Assert.Equal(seen, segments.SelectMany(segment => Enumerable.Repeat(segment.Overlay, (int)(segment.End - segment.First))));
        Assert.Equal(0, segments[0].First);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.First));
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.NotEqual(pair.First.Overlay, pair.Second.Overlay));

        var law = new OverlaidLaw(new KeptLaw(), new(Rows, 2), [.. ranges.Select(range => new LawOverlay(range.First, range.End, new ConstantLaw(1)))]);
        Assert.Equal(seen, Enumerable.Range(0, Rows).Select(row => law.At(row)));
        Assert.All(Enumerable.Range(-1, ranges.Length + 1), i => Assert.Equal(seen.LongCount(at => at == i), law.RowsSeen(i)));
        Assert.Equal(seen.Contains(-1), law.KeepsSome);
    }

    [Fact]
    public void Parts_of_laws_whose_elements_differ_leave_the_moments_unknown_and_whole_ones_do_not()
    {
        var eye = new EyeLaw(3, 2, 1);
        OverlaidLaw whole = Over(new ConstantLaw(0), (2, 5, eye));
        Assert.Equal(2.0 / 24, whole.Mean, 1e-15);
        Assert.Equal(Math.Sqrt((2.0 / 24) - (4.0 / 576)), whole.Std, 1e-15);
        Assert.Equal(whole.Mean, Over(new ConstantLaw(0), (9, 12, eye)).Mean, 1e-15);
        Assert.Equal(double.NaN, Over(new ConstantLaw(0), (2, 5, eye), (4, 6, new ConstantLaw(0))).Mean);
        Assert.Equal(double.NaN, Over(new ConstantLaw(0), (2, 5, eye), (1, 3, new ConstantLaw(0))).Mean);
        Assert.Equal(double.NaN, Over(new EyeLaw(12, 2, 1), (4, 6, new ConstantLaw(0))).Std);
        Assert.Equal(2.0 / 24, Over(new EyeLaw(12, 2, 1)).Mean, 1e-15);
        Assert.Equal(4, Over(new NormalLaw(4, 1), (2, 5, new OrthogonalLaw(3, 2, 1)), (3, 5, new NormalLaw(4, 2)), (2, 3, new ConstantLaw(4))).Mean, 1e-14);
    }

    [Fact]
    public void Blocks_under_overlays_count_by_what_is_seen_of_them()
    {
        SlicedLaw blocks = new([new("a", 8, new EyeLaw(4, 2, 1)), new("b", 8, new ConstantLaw(5)), new("c", 8, new ConstantLaw(-9))]);
        Assert.Equal(3, Over(blocks).BlocksSeen);
        OverlaidLaw two = Over(blocks, (7, 12, new ConstantLaw(1)));
        Assert.Equal(2, two.BlocksSeen);
        Assert.Equal((0.0, 5.0), (two.Min, two.Max));
        Assert.Equal((2 + (3 * 2 * 5) + 10) / 24.0, two.Mean, 1e-14);
        Assert.Equal(1, Over(blocks, (4, 12, new ConstantLaw(1))).BlocksSeen);
        Assert.Equal(0, Over(new ConstantLaw(2), (0, 6, new SlicedLaw([new("a", 12, new ConstantLaw(1))]))).BlocksSeen);
        Assert.Equal(double.NaN, Over(blocks, (0, 1, new ConstantLaw(1))).Mean);
        OverlaidLaw inside = Over(new ConstantLaw(0), (3, 7, new SlicedLaw([new("a", 4, new ConstantLaw(6)), new("b", 4, new ConstantLaw(8))])), (5, 8, new ConstantLaw(2)));
        Assert.Equal(((2 * 6) + (3 * 2)) / 12.0, inside.Mean, 1e-14);
        Assert.Equal((0.0, 6.0), (inside.Min, inside.Max));

        // Blocks that end within a row are not told apart.
        SlicedLaw ragged = new([new("a", 9, new ConstantLaw(1)), new("b", 15, new ConstantLaw(3))]);
        Assert.Equal(0, Over(ragged).BlocksSeen);
        Assert.Equal(((9 * 1) + (15 * 3)) / 24.0, Over(ragged).Mean, 1e-14);
        Assert.Equal(double.NaN, Over(ragged, (0, 1, new ConstantLaw(1))).Mean);
    }

    [Fact]
    public void It_is_drawn_where_any_part_is_and_complex_where_any_part_is()
    {
        var one = new ConstantLaw(1);
        var normal = new NormalLaw(0, 1);
        Assert.False(Over(one, (0, 2, one)).IsRandom);
        Assert.True(Over(one, (0, 2, one), (2, 3, normal)).IsRandom);
        Assert.True(Over(normal, (0, 2, one)).IsRandom);
        Assert.Equal((1, 2), (Over(one, (0, 2, one)).Components, Over(new KeptLaw(), (0, 2, new DiskLaw(1))).Components));
        Assert.Equal((2, 24, 0), (Over(one).RowLength, new OverlaidLaw(one, new(1, 4, 6), []).RowLength, new OverlaidLaw(one, new(0, 4), []).RowLength));
    }

    [Fact]
    public void Every_part_is_scaled_clamped_and_rounded()
    {
        OverlaidLaw law = Over(new UniformLaw(-1, 3), (0, 2, new ConstantLaw(0.1)), (4, 6, new ConstantLaw(7)));
        Assert.Equal(Over(new UniformLaw(-6, 2), (0, 2, new ConstantLaw(-0.2)), (4, 6, new ConstantLaw(-14))), law.Scale(-2));
        Assert.Equal(Over(new ClampedLaw(new UniformLaw(-1, 3), 0, 2), (0, 2, new ConstantLaw(0.1)), (4, 6, new ConstantLaw(2))), law.Clamp(0, 2));
        Assert.Equal(Over(new UniformLaw(-1, 3).Cast(DType.Float16), (0, 2, new ConstantLaw((double)(Half)0.1f)), (4, 6, new ConstantLaw(7))), law.Cast(DType.Float16));
        Assert.Equal(new OverlaidLaw(new KeptLaw(), Shape, law.Overlays), law.OverKept());
        Assert.Equal((-1.0, 7.0), (law.Min, law.Max));
    }

    [Fact]
    public void Texts_list_up_to_three_slices_and_leave_out_what_is_covered()
    {
        var one = new ConstantLaw(1);
        (long, long, Law)[] four = [(0, 1, one), (1, 2, one), (2, 3, one), (3, 4, one)];
        Assert.Equal("Const(2)", Over(new ConstantLaw(2)).ToString());
        Assert.Equal("Const(2); rows 0..1 Const(1); rows 1..2 Const(1); rows 2..3 Const(1)", Over(new ConstantLaw(2), four[..3]).ToString());
        Assert.Equal("Const(2); 4 slices", Over(new ConstantLaw(2), four).ToString());
        Assert.Equal("rows 0..12 Const(1)", Over(new ConstantLaw(2), (0, 12, one)).ToString());
    }

    private static OverlaidLaw Over(Law under, params (long First, long End, Law Law)[] overlays) =>
        new(under, Shape, [.. overlays.Select(overlay => new LawOverlay(overlay.First, overlay.End, overlay.Law))]);
}
