namespace InitDsl.Tests;

public class PhiloxTests
{
    /// <summary>The known answers that Random123 ships for philox4x32, 10 rounds.</summary>
    public static TheoryData<uint[], uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        {
            [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff],
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
        },
        {
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Blocks_are_those_of_Random123(uint[] counter, uint[] key, uint[] expected)
    {
        WordBlock block = Philox4x32.Encrypt(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
        Assert.Equal(expected, new[] { block.W0, block.W1, block.W2, block.W3 });
    }

    [Fact]
    public void A_block_takes_its_index_as_the_lower_counter_words_and_the_key_low_word_first() =>
        Assert.Equal(
            Philox4x32.Encrypt(0x89ABCDEF, 0x01234567, 0, 0, 0x76543210, 0xFEDCBA98),
            Philox4x32.Block(0x0123456789ABCDEF, 0xFEDCBA9876543210));

    [Fact]
    public void The_later_word_is_the_upper_half_of_64_bits()
    {
        var block = new WordBlock(0x11111111, 0x22222222, 0x33333333, 0x44444444);
        Assert.Equal(0x2222222211111111UL, block.Low64);
        Assert.Equal(0x4444444433333333UL, block.High64);
    }
}
