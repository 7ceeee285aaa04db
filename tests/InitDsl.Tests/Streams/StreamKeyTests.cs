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

    /// <summary>Computed with Python's hashlib and struct; up to 256 bytes are hashed from the stack.</summary>
    [Theory]
    [InlineData(239, "q", 0xB7089B090ED53E79)]
    [InlineData(240, "", 0xEB776ECE693813E5)]
    [InlineData(241, "", 0x6D9828F7847E3870)]
    [InlineData(300, "block 1/4", 0xA0B581B5D388BA23)]
    [InlineData(5000, "", 0xA50099227F0D7058)]
    public void Paths_of_any_length_have_keys(int length, string slice, ulong expected) =>
        Assert.Equal(new StreamKey(expected), StreamKey.Of(42, new string('a', length), slice));

    /// <summary>Computed with Python's hashlib and struct.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "", 0xB43207B5F07BEC15)]
    [InlineData(0xF051569E318E9F1B, "blend", 0xB52FD614682075E3)]
    [InlineData(0xF051569E318E9F1B, "block 1/4", 0x12F0EBFC281E8351)]
    [InlineData(0xFFFFFFFFFFFFFFFF, "β😀", 0x3AD34DB2A2FBD727)]
    public void Slices_of_a_key_are_the_first_eight_bytes_of_SHA256_over_it_and_the_name(ulong key, string name, ulong expected) =>
        Assert.Equal(new StreamKey(expected), new StreamKey(key).Slice(name));

    [Fact]
    public void Slices_differ_from_each_other_and_from_slices_of_slices()
    {
        StreamKey key = StreamKey.Of(1, "w");
        StreamKey[] keys = [key, key.Slice(""), key.Slice("a"), key.Slice("a").Slice("b"), key.Slice("ab"), key.Slice("b").Slice("a"), StreamKey.Of(1, "w", "a")];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => key.Slice(null!)).ParamName);
    }

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
