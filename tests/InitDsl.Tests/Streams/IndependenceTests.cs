namespace InitDsl.Tests;

/// <summary>Elements, and streams with neighbouring keys, have nothing to do with each other.</summary>
public class IndependenceTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Elements_a_lag_apart_are_uncorrelated(int lag)
    {
        float[] values = new float[Count + lag];
        NormalDraws.Fill(new StreamKey(12), 0, values, 0, 1);
        AssertUncorrelated(values.AsSpan(lag), values.AsSpan(0, Count));
        UniformDraws.Fill(new StreamKey(12), 0, values, 0, 1);
        AssertUncorrelated(values.AsSpan(lag), values.AsSpan(0, Count));
    }

    [Fact]
    public void The_two_values_of_a_pair_do_not_know_each_others_size()
    {
        float[] values = new float[2 * Count];
        NormalDraws.Fill(new StreamKey(13), 0, values, 0, 1);
        float[] even = new float[Count];
        float[] odd = new float[Count];
        for (int j = 0; j < Count; j++)
        {
            // Not the squares: their tails would need a wider threshold.
            even[j] = MathF.Abs(values[2 * j]);
            odd[j] = MathF.Abs(values[(2 * j) + 1]);
        }

        AssertUncorrelated(even, odd);
    }

    [Fact]
    public void Streams_of_neighbouring_keys_are_uncorrelated()
    {
        ulong[] neighbours = [1, 2, 3, 1UL << 32, (1UL << 32) + 1, 1UL << 63];
        float[] first = new float[Count];
        float[] other = new float[Count];
        NormalDraws.Fill(new StreamKey(0), 0, first, 0, 1);
        foreach (ulong key in neighbours)
        {
            NormalDraws.Fill(new StreamKey(key), 0, other, 0, 1);
            AssertUncorrelated(first, other);
        }

        NormalDraws.Fill(StreamKey.Of(0, "fc.weight"), 0, first, 0, 1);
        NormalDraws.Fill(StreamKey.Of(1, "fc.weight"), 0, other, 0, 1);
        AssertUncorrelated(first, other);
        NormalDraws.Fill(StreamKey.Of(0, "fc.weighu"), 0, other, 0, 1);
        AssertUncorrelated(first, other);
    }

    [Fact]
    public void Every_bit_of_the_words_is_set_half_the_time()
    {
        uint[] words = new uint[Count];
        Words.Fill(StreamKey.Of(0, "bits"), 0, words);
        for (int bit = 0; bit < 32; bit++)
        {
            int set = words.Count(word => ((word >> bit) & 1) != 0);
            Assert.InRange((set - (Count / 2)) / Math.Sqrt(Count / 4.0), -6.1, 6.1);
        }
    }

    private static void AssertUncorrelated(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double[] left = Array.ConvertAll(a.ToArray(), v => (double)v);
        double[] right = Array.ConvertAll(b.ToArray(), v => (double)v);
        Assert.InRange(Correlation.Of(left, right), -Correlation.Threshold(left.Length), Correlation.Threshold(left.Length));
    }
}
