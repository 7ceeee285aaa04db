using FsCheck;
using FsCheck.Xunit;

namespace InitDsl.Tests;

/// <summary>What every fill has in common: an element's value depends on its index alone.</summary>
public class FillTests
{
    private delegate void Fill<T>(StreamKey key, long start, Span<T> destination);

    private static readonly TruncatedGaussian Truncated = new(0.5, 2, -1, 7);

    // Where the block counter carries: float32 elements and raw words at 2³⁴, float64 elements at 2³³.
    private static readonly long[] Bases = [0, (1L << 33) - 20, (1L << 34) - 20, 1L << 40, 1L << 62];

    private static readonly Fill<uint> RawWords = Words.Fill;

    private static readonly Fill<float>[] Singles =
    [
        (key, start, destination) => UniformDraws.Fill(key, start, destination, -1, 3),
        (key, start, destination) => NormalDraws.Fill(key, start, destination, 1, 2),
        (key, start, destination) => TruncatedNormalDraws.Fill(key, start, destination, Truncated),
    ];

    private static readonly Fill<double>[] Doubles =
    [
        (key, start, destination) => UniformDraws.Fill(key, start, destination, -1, 3),
        (key, start, destination) => NormalDraws.Fill(key, start, destination, 1, 2),
        (key, start, destination) => TruncatedNormalDraws.Fill(key, start, destination, Truncated),
    ];

    [Property]
    public bool Any_part_of_a_fill_equals_that_part_filled_alone(
        ulong key, byte where, byte offset, byte length, byte from, byte count)
    {
        long start = Bases[where % Bases.Length] + (offset % 40);
        var stream = new StreamKey(key);
        return PartEqualsWhole(RawWords, stream, start, length, from, count)
            && Singles.All(fill => PartEqualsWhole(fill, stream, start, length, from, count))
            && Doubles.All(fill => PartEqualsWhole(fill, stream, start, length, from, count));
    }

    [Fact]
    public void Elements_filled_one_at_a_time_equal_those_filled_together()
    {
        foreach (Fill<float> fill in Singles)
        {
            float[] together = new float[33];
            fill(new StreamKey(5), 3, together);
            for (int i = 0; i < together.Length; i++)
            {
                float[] alone = new float[1];
                fill(new StreamKey(5), 3 + i, alone);
                Assert.Equal(together[i], alone[0]);
            }
        }
    }

    [Fact]
    public void Nothing_outside_the_destination_is_written()
    {
        foreach (Fill<float> fill in Singles)
        {
            for (int start = 0; start < 5; start++)
            {
                for (int length = 0; length < 10; length++)
                {
                    float[] memory = new float[16];
                    Array.Fill(memory, 99);
                    fill(new StreamKey(5), start, memory.AsSpan(3, length));
                    Assert.All(memory[..3].Concat(memory[(3 + length)..]), value => Assert.Equal(99, value));
                    Assert.DoesNotContain(99, memory[3..(3 + length)]);
                }
            }
        }
    }

    [Fact]
    public void Equal_keys_give_equal_values_and_others_do_not()
    {
        foreach (Fill<float> fill in Singles)
        {
            float[] first = new float[64];
            float[] again = new float[64];
            float[] other = new float[64];
            fill(StreamKey.Of(1, "a"), 0, first);
            fill(StreamKey.Of(1, "a"), 0, again);
            fill(StreamKey.Of(2, "a"), 0, other);
            Assert.Equal(first, again);
            Assert.True(first.Zip(other).Count(pair => pair.First == pair.Second) <= 1);
        }
    }

    [Fact]
    public void A_negative_start_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RawWords(default, -1, default));
        Assert.All(Singles, fill => Assert.Throws<ArgumentOutOfRangeException>(() => fill(default, -1, new float[1])));
        Assert.All(Doubles, fill => Assert.Throws<ArgumentOutOfRangeException>(() => fill(default, -1, default)));
    }

    private static bool PartEqualsWhole<T>(Fill<T> fill, StreamKey key, long start, int length, int from, int count)
    {
        from = Math.Min(from, length);
        count = Math.Min(count, length - from);
        T[] whole = new T[length];
        T[] part = new T[count];
        fill(key, start, whole);
        fill(key, start + from, part);
        return whole.AsSpan(from, count).SequenceEqual(part);
    }
}
