namespace InitDsl;

/// <summary>
/// Normal values, then zeros: in each column at the rows whose words are smallest. The words come from the far
/// end of the parameter's own stream, which no element's value reaches.
/// </summary>
internal sealed class SparseFiller(SparseLaw law, StreamKey stream) : Filler
{
    /// <summary>Where the words that place the zeros begin.</summary>
    private const long PlacingWords = 1L << 62;

    private readonly Lazy<bool[]> zeros = new(() => Place(law, stream));

    public override void Fill(long start, Span<float> destination)
    {
        NormalDraws.Fill(stream, start, destination, 0, law.Spread);
        PutZeros(start, destination);
    }

    public override void Fill(long start, Span<double> destination)
    {
        NormalDraws.Fill(stream, start, destination, 0, law.Spread);
        PutZeros(start, destination);
    }

    private void PutZeros<T>(long start, Span<T> destination)
        where T : struct
    {
        ReadOnlySpan<bool> zero = zeros.Value.AsSpan(checked((int)start), destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = zero[i] ? default : destination[i];
        }
    }

    private static bool[] Place(SparseLaw law, StreamKey stream)
    {
        int rows = checked((int)law.Rows);
        int columns = checked((int)law.Columns);
        int count = (int)law.ZerosPerColumn;
        bool[] zeros = new bool[checked(rows * columns)];
        uint[] words = new uint[zeros.Length];
        Words.Fill(stream, PlacingWords, words);
        var keys = new (uint Word, int Row)[rows];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                keys[row] = (words[(row * columns) + column], row);
            }

            Array.Sort(keys);
            foreach ((_, int row) in keys.AsSpan(0, count))
            {
                zeros[(row * columns) + column] = true;
            }
        }

        return zeros;
    }
}
