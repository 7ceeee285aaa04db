namespace InitDsl;

/// <summary>
/// Draws the whole matrix once, at the first range asked for: its elements depend on each other. All arithmetic
/// is in double precision and in a fixed order without fused multiply-add.
/// </summary>
internal sealed class OrthogonalFiller(OrthogonalLaw law, StreamKey stream) : ExactFiller
{
    private readonly Lazy<double[]> matrix = new(() => Draw(law, stream));

    public override void Fill(long start, Span<double> destination) =>
        matrix.Value.AsSpan(checked((int)start), destination.Length).CopyTo(destination);

    /// <summary>
    /// Row j of <c>vectors</c> is the j-th of the short side's vectors, each as long as the long side. They are
    /// the matrix itself when it is wide, and its transpose when it is tall.
    /// </summary>
    private static double[] Draw(OrthogonalLaw law, StreamKey stream)
    {
        int rows = checked((int)law.Rows);
        int columns = checked((int)law.Columns);
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        double[] vectors = new double[checked(count * length)];
        NormalDraws.Fill(stream, 0, vectors.AsSpan(), 0, 1);
        Orthonormal.Make(vectors, count, length);

        double[] matrix = rows <= columns ? vectors : Transpose(vectors, count, length);
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] *= law.Gain;
        }

        return matrix;
    }

    private static double[] Transpose(double[] vectors, int count, int length)
    {
        double[] transposed = new double[vectors.Length];
        for (int v = 0; v < count; v++)
        {
            for (int i = 0; i < length; i++)
            {
                transposed[(i * count) + v] = vectors[(v * length) + i];
            }
        }

        return transposed;
    }
}
