namespace InitDsl.Tests;

public class ShapeTests
{
    [Fact]
    public void A_shape_is_a_list_of_sizes_equal_by_its_values()
    {
        var shape = new Shape(2, 3, 4);
        Assert.Equal((3, 24, 4, "[2, 3, 4]"), (shape.Rank, shape.Elements, shape[2], shape.ToString()));
        Assert.True(shape.Equals(new Shape(2, 3, 4)) && shape.GetHashCode() == new Shape(2, 3, 4).GetHashCode());
        Assert.False(shape.Equals(new Shape(2, 4, 3)) || shape.Equals(new Shape(2, 3)) || shape.Equals((object)"[2, 3, 4]"));
        Assert.Equal((0, 1, "[]"), (new Shape().Rank, new Shape().Elements, new Shape().ToString()));
    }

    /// <summary>A hash that left sizes out would give all matrices one; that of 2^32 a few of 400 at most.</summary>
    [Fact]
    public void All_sizes_count_in_the_hash()
    {
        Shape[] matrices = [.. Enumerable.Range(0, 400).Select(i => new Shape(i / 20, i % 20))];
        Assert.InRange(matrices.DistinctBy(shape => shape.GetHashCode()).Count(), 390, 400);
    }

    [Fact]
    public void Sizes_are_not_negative_and_their_product_is_a_long()
    {
        Assert.Throws<ArgumentNullException>("sizes", () => new Shape(null!));
        Assert.Throws<ArgumentOutOfRangeException>("sizes", () => new Shape(2, -1));
        Assert.Throws<ArgumentOutOfRangeException>("sizes", () => new Shape(-2, -3));
        Assert.Throws<OverflowException>(() => new Shape(1L << 32, 1L << 31));
        Assert.Equal(0, new Shape(0, 5).Elements);
    }

    /// <summary>A backend that states fans has a shape to state them of.</summary>
    [Fact]
    public void Fans_are_those_of_a_shape() => Assert.Throws<ArgumentNullException>("shape", () => FanAxes.OutIn.Count(null!));
}
