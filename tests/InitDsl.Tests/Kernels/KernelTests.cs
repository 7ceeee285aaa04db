using System.Runtime.InteropServices;
using FsCheck.Xunit;

namespace InitDsl.Tests;

/// <summary>Every vector width gives the bits of the scalar reference, wherever a fill starts and ends.</summary>
public class KernelTests
{
    // Where the block counter carries (float32 at 2³⁴, float64 at 2³³), and far beyond.
    private static readonly long[] Bases =
        [0, (1L << 33) - 700, (1L << 34) - 1400, (1L << 40) - 100, (1L << 62) - 300];

    public static TheoryData<string> Laws => [.. KernelLaws.Singles.Keys.Concat(KernelLaws.Doubles.Keys)];

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_million_values_equal_the_references(string law) => AssertEqual(law, new StreamKey(0x5EED), 1, 1_000_003);

    [Property(MaxTest = 300)]
    public void Any_range_equals_the_references(ulong key, byte where, ushort offset, ushort length, byte law)
    {
        string[] laws = [.. Laws.Select(row => row.Data)];
        AssertEqual(laws[law % laws.Length], new(key), Bases[where % Bases.Length] + (offset % 2000), length % 9000);
    }

    [Property(MaxTest = 300)]
    public void Short_ranges_equal_the_references(ulong key, byte where, byte offset, byte length, byte law)
    {
        string[] laws = [.. Laws.Select(row => row.Data)];
        AssertEqual(laws[law % laws.Length], new(key), Bases[where % Bases.Length] + offset, length);
    }

    [Fact]
    public void The_counter_carries_where_the_block_index_passes_32_bits()
    {
        foreach (string law in KernelLaws.Singles.Keys)
        {
            AssertEqual(law, new(77), (1L << 34) - 5000, 10_000);
        }

        foreach (string law in KernelLaws.Doubles.Keys)
        {
            AssertEqual(law, new(77), (1L << 33) - 5000, 10_000);
        }
    }

    private static void AssertEqual(string law, StreamKey key, long start, int length)
    {
        if (KernelLaws.Singles.TryGetValue(law, out WidthFill<float>? singles))
        {
            AssertEqual(law, singles, key, start, length, v => BitConverter.SingleToUInt32Bits(v).ToString("X8"));
        }
        else
        {
            AssertEqual(law, KernelLaws.Doubles[law], key, start, length, v => BitConverter.DoubleToUInt64Bits(v).ToString("X16"));
        }
    }

    private static void AssertEqual<T>(
        string law, WidthFill<T> fill, StreamKey key, long start, int length, Func<T, string> hex)
        where T : unmanaged
    {
        T[] expected = new T[length];
        T[] values = new T[length + 8];
        fill(0, key, start, expected);
        foreach (int width in KernelLaws.Widths)
        {
            values.AsSpan().Clear();
            fill(width, key, start, values.AsSpan(3, length));
            if (!MemoryMarshal.AsBytes(values.AsSpan(3, length)).SequenceEqual(MemoryMarshal.AsBytes(expected.AsSpan())))
            {
                int at = Enumerable.Range(0, length).First(i => hex(values[3 + i]) != hex(expected[i]));
                Assert.Fail($"{law}, {width} bits, key {key.Value}, element {start} + {at} of {length}: "
                    + $"{hex(values[3 + at])}, the reference {hex(expected[at])}");
            }

            Assert.All(values[..3].Concat(values[(3 + length)..]), value => Assert.Equal(default, value));
        }
    }
}
