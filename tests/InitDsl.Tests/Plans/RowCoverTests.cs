namespace InitDsl.Tests;

public class RowCoverTests
{
    /// <summary>The same ranges marked row by row.</summary>
    [Property(MaxTest = 500)]
    public void Rows_are_covered_that_a_range_covers(NonEmptyArray<byte> numbers)
    {
        const int Rows = 16;
        var cover = new RowCover();
        var marked = new bool[Rows];
        foreach (byte number in numbers.Get)
        {
            (int first, int end) = (Math.Min(number % Rows, number / Rows), Math.Max(number % Rows, number / Rows));
            Assert.Equal(first == end || marked.AsSpan(first, end - first).Contains(false), cover.Add(first, end));
            marked.AsSpan(first, end - first).Fill(true);
            for (int from = 0; from < Rows; from++)
            {
                for (int to = from + 1; to <= Rows; to++)
                {
                    Assert.Equal(!marked.AsSpan(from, to - from).Contains(false), cover.Covers(from, to));
                }
            }
        }
    }

    [Fact]
    public void A_range_without_rows_is_never_hidden()
    {
        var cover = new RowCover();
        Assert.True(cover.Add(0, 0));
        Assert.True(cover.Add(0, 0));
        Assert.True(cover.Add(0, 4));
        Assert.True(cover.Add(2, 2));
        Assert.False(cover.Add(2, 3));
    }
}
