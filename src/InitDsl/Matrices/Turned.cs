namespace InitDsl;

/// <summary>Matrices copied from rows to columns.</summary>
internal static class Turned
{
    /// <summary>A tile of both matrices fits into the nearest cache, so that neither is read or written across its lines.</summary>
    private const int Tile = 32;

    /// <summary>Writes the transpose of a matrix.</summary>
    /// <param name="matrix">Row-major.</param>
    /// <param name="transpose">As many elements.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Its columns.</param>
    internal static void Copy<T>(ReadOnlySpan<T> matrix, Span<T> transpose, long rows, long columns)
    {
        int height = checked((int)rows);
        int width = checked((int)columns);
        for (int top = 0; top < height; top += Tile)
        {
            int bottom = Math.Min(top + Tile, height);
            for (int left = 0; left < width; left += Tile)
            {
                int right = Math.Min(left + Tile, width);
                for (int row = top; row < bottom; row++)
                {
                    for (int column = left; column < right; column++)
                    {
                        transpose[(column * height) + row] = matrix[(row * width) + column];
                    }
                }
            }
        }
    }
}
