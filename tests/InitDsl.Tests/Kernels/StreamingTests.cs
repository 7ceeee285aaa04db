namespace InitDsl.Tests;

public class StreamingTests
{
    /// <summary>Wherever a run begins and ends, beside whole lines and within one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_element_is_repeated_and_nothing_else_is_touched(bool pastCaches)
    {
        foreach (int size in (int[])[1, 2, 4, 8, 16])
        {
            byte[] element = [.. Enumerable.Range(1, size).Select(i => (byte)i)];
            foreach (int count in (int[])[0, 1, 3, 31, 64, 100])
            {
                for (int start = 0; start < 64; start++)
                {
                    byte[] memory = new byte[start + (count * size) + 64];
                    Streaming.Repeat(element, memory.AsSpan(start, count * size), pastCaches);
                    Streaming.Fence();
                    byte[] expected = [.. new byte[start], .. Enumerable.Repeat(element, count).SelectMany(e => e), .. new byte[64]];
                    Assert.Equal(expected, memory);
                }
            }
        }
    }
}
