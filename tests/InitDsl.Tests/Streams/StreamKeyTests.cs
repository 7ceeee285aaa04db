namespace InitDsl.Tests;

public class StreamKeyTests
{
    /// <summary>Computed with Python's hashlib and struct.</summary>
    [Theory]
    [InlineData(0, "", "", 0xD59D71F7FF084737)]
    [InlineData(42, "fc1.weight", "", 0xF051569E318E9F1B)]
    [InlineData(-1, "fc1.weight", "", 0x36109FFB6771F807)]
    [InlineData(42, "encoder.0.in_proj_weight", "q", 0xD37A49E8642500CA)]
    [InlineData(42, "слой.вес", "β😀", 0x19F77EFC9916363C)]
    [InlineData(long.MaxValue, "a", "bc", 0x04B1423CF9E97294)]
    public void Keys_are_the_first_eight_bytes_of_SHA256(long seed, string path, string slice, ulong expected) =>
        Assert.Equal(new StreamKey(expected), StreamKey.Of(seed, path, slice));

    [Fact]
    public void Moving_a_letter_from_slice_to_path_changes_the_key() =>
        Assert.NotEqual(StreamKey.Of(1, "a", "bc"), StreamKey.Of(1, "ab", "c"));

    [Fact]
    public void The_whole_and_a_slice_have_different_keys() =>
        Assert.NotEqual(StreamKey.Of(1, "w"), StreamKey.Of(1, "w", "q"));

    [Fact]
    public void Text_that_looks_alike_but_is_composed_differently_has_different_keys() =>
        Assert.NotEqual(StreamKey.Of(1, "\u00E9"), StreamKey.Of(1, "e\u0301"));

    [Fact]
    public void Ten_thousand_seeds_and_paths_have_ten_thousand_keys()
    {
        var keys = new HashSet<StreamKey>();
        for (int i = 0; i < 100; i++)
        {
            for (int seed = 0; seed < 100; seed++)
            {
                keys.Add(StreamKey.Of(seed, $"layers.{i}.weight"));
            }
        }

        Assert.Equal(10_000, keys.Count);
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => StreamKey.Of(0, null!)).ParamName);
        Assert.Equal("slice", Assert.Throws<ArgumentNullException>(() => StreamKey.Of(0, "", null!)).ParamName);
    }

    [Fact]
    public void A_lone_surrogate_is_refused_rather_than_replaced()
    {
        var path = Assert.Throws<ArgumentException>(() => StreamKey.Of(0, "a\uD800b"));
        Assert.Equal("path", path.ParamName);
        Assert.StartsWith("The text has a lone surrogate at index 1,", path.Message);
        Assert.Equal("slice", Assert.Throws<ArgumentException>(() => StreamKey.Of(0, "a", "\uDC00")).ParamName);
    }
}
