namespace InitDsl.Tests;

public class BFloat16BitsTests
{
    /// <summary>Added to as other numbers are, those of the largest bits would become a zero, those of the smallest an infinity.</summary>
    [Theory]
    [InlineData(0x7FFFFFFFu, 0x7FFF)]
    [InlineData(0xFFFFFFFFu, 0xFFFF)]
    [InlineData(0x7F800001u, 0x7FC0)]
    [InlineData(0xFFC00000u, 0xFFC0)]
    public void A_NaN_stays_one_with_its_sign(uint bits, int rounded)
    {
        Assert.Equal(rounded, BFloat16Bits.Round(BitConverter.UInt32BitsToSingle(bits)));
        Assert.True(float.IsNaN(BFloat16Bits.Widen((ushort)rounded)));
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0xBF817FFFu, 0xBF81)]
    [InlineData(0x7F7FFFFFu, 0x7F80)]
    [InlineData(0x00008000u, 0x0000)]
    public void Others_go_to_the_nearest_and_from_the_middle_to_the_even_one(uint bits, int rounded) =>
        Assert.Equal(rounded, BFloat16Bits.Round(BitConverter.UInt32BitsToSingle(bits)));
}
