namespace InitDsl.Tests;

public class PlacedFillersTests
{
    /// <summary>The zeros of a column are where sorting its words puts the smallest.</summary>
    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(40, 7, 0.3)]
    [InlineData(7, 300, 0.5)]
    [InlineData(5000, 130, 0.1)]
    public void Sparse_zeros_lie_where_a_sort_of_the_words_puts_them(int rows, int columns, double sparsity)
    {
        var key = StreamKey.Of(7, "fc.weight");
        double[] values = new double[rows * columns];
        Filler.Of(new SparseLaw(rows, columns, sparsity, 1), key).Fill(0, values.AsSpan());
        uint[] words = new uint[rows * columns];
        Words.Fill(key, 1L << 62, words);
        int count = (int)Math.Ceiling(sparsity * rows);
        for (int column = 0; column < columns; column++)
        {
            int[] expected = [.. Enumerable.Range(0, rows).OrderBy(row => words[(row * columns) + column]).ThenBy(row => row).Take(count).Order()];
            Assert.Equal(expected, Enumerable.Range(0, rows).Where(row => values[(row * columns) + column] == 0));
        }
    }
}
