namespace InitDsl.Tests;

public class WordsTests
{
    private static readonly StreamKey Key = new(0x0123456789ABCDEF);

    [Fact]
    public void Word_i_is_word_i_mod_4_of_block_i_div_4()
    {
        uint[] words = new uint[11];
        Words.Fill(Key, 6, words);
        for (int i = 0; i < words.Length; i++)
        {
            WordBlock block = Philox4x32.Block((ulong)(6 + i) / 4, Key.Value);
            Assert.Equal(new[] { block.W0, block.W1, block.W2, block.W3 }[(6 + i) % 4], words[i]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData((1L << 34) - 5001)]
    [InlineData((1L << 62) + 1)]
    public void Many_words_at_once_are_the_same(long start)
    {
        foreach (int length in (int[])[96, 1000, 1923, 20_001])
        {
            uint[] words = new uint[length];
            Words.Fill(Key, start, words);
            Assert.All(words.Index(), word =>
            {
                WordBlock block = Philox4x32.Block((ulong)(start + word.Index) / 4, Key.Value);
                Assert.Equal(new[] { block.W0, block.W1, block.W2, block.W3 }[(start + word.Index) % 4], word.Item);
            });
        }
    }

    [Fact]
    public void A_key_hands_out_the_words_that_laws_draw_from()
    {
        uint[] words = new uint[9];
        Key.FillWords(5, words);
        uint[] drawn = new uint[9];
        Words.Fill(Key, 5, drawn);
        Assert.Equal(drawn, words);

        float[] values = new float[9];
        Filler.Of(new UniformLaw(0, 1 << 24), Key).Fill(5, values);
        Assert.Equal(words.Select(word => (float)(word >> 8)), values);
        Assert.Throws<ArgumentOutOfRangeException>(() => Key.FillWords(-1, words));
    }

    [Fact]
    public void The_block_index_carries_into_the_second_counter_word()
    {
        uint[] words = new uint[8];
        Words.Fill(Key, (1L << 34) - 4, words);
        WordBlock last = Philox4x32.Encrypt(0xFFFFFFFF, 0, 0, 0, 0x89ABCDEF, 0x01234567);
        WordBlock first = Philox4x32.Encrypt(0, 1, 0, 0, 0x89ABCDEF, 0x01234567);
        Assert.Equal(new[] { last.W0, last.W1, last.W2, last.W3, first.W0, first.W1, first.W2, first.W3 }, words);
    }

    [Fact]
    public void Starts_up_to_2_to_the_62_work()
    {
        uint[] words = new uint[5];
        Words.Fill(Key, 1L << 62, words);
        Assert.Equal(Philox4x32.Block(1UL << 60, Key.Value).W0, words[0]);
        Assert.Equal(Philox4x32.Block((1UL << 60) + 1, Key.Value).W0, words[4]);

        double[] values = new double[3];
        UniformDraws.Fill(Key, 1L << 62, values, 0, 1);
        Assert.Equal((Philox4x32.Block(1UL << 61, Key.Value).Low64 >> 11) * Math.ScaleB(1, -53), values[0]);
    }
}
