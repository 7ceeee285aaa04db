namespace InitDsl;

/// <summary>
/// Draws the whole kernel once, at the first range asked for. The matrix comes from the slice "matrix" of the stream,
/// the projections of step s along axis a from "projection s.a", each column kept with a probability of one half.
/// </summary>
internal sealed class BlockOrthogonalFiller(BlockOrthogonalLaw law, StreamKey stream) : ExactFiller
{
    private readonly Lazy<double[]> kernel = new(() => Draw(law, stream));

    public override void Fill(long start, Span<double> destination) =>
        kernel.Value.AsSpan(checked((int)start), destination.Length).CopyTo(destination);

    private static double[] Draw(BlockOrthogonalLaw law, StreamKey stream)
    {
        int outputs = checked((int)law.Shape[0]);
        int inputs = checked((int)law.Shape[1]);
        int axes = law.Shape.Rank - 2;
        int size = checked((int)law.Shape[2]);

        double[] rows = Orthogonal(outputs, stream.Slice("matrix"))[..(inputs * outputs)];
        double[][] positions = [rows];
        int reached = 1;
        for (int step = 1; step < size; step++)
        {
            double[][] block = Block(outputs, axes, stream, step);
            positions = Convolved(positions, reached++, block, axes, inputs, outputs);
        }

        double[] kernel = new double[outputs * inputs * positions.Length];
        for (int position = 0; position < positions.Length; position++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    kernel[(((output * inputs) + input) * positions.Length) + position] =
                        law.Gain * positions[position][(input * outputs) + output];
                }
            }
        }

        return kernel;
    }

    /// <summary>The 2 × … × 2 kernel of one step, in row-major order: P or 1 − P along each axis, multiplied.</summary>
    private static double[][] Block(int n, int axes, StreamKey stream, int step)
    {
        double[][] block = [];
        for (int axis = 0; axis < axes; axis++)
        {
            double[] projection = Projection(n, stream.Slice($"projection {step}.{axis}"));
            double[] rest = [.. projection.Select((value, i) => (i / n == i % n ? 1 : 0) - value)];
            block = axis == 0
                ? [projection, rest]
                : [.. block.SelectMany(matrix => new[] { Times(matrix, projection, n, n), Times(matrix, rest, n, n) })];
        }

        return block;
    }

    /// <summary>Each position of the first kernel times each of the second, added at the sum of their places.</summary>
    private static double[][] Convolved(double[][] first, int size, double[][] second, int axes, int rows, int n)
    {
        int places = 1;
        for (int axis = 0; axis < axes; axis++)
        {
            places = checked(places * (size + 1));
        }

        double[][] sums = new double[places][];
        for (int i = 0; i < first.Length; i++)
        {
            for (int j = 0; j < second.Length; j++)
            {
                int place = 0;
                int scale = 1;
                (int restI, int restJ) = (i, j);
                for (int axis = 0; axis < axes; axis++)
                {
                    place += ((restI % size) + (restJ % 2)) * scale;
                    scale *= size + 1;
                    restI /= size;
                    restJ /= 2;
                }

                double[] product = Times(first[i], second[j], rows, n);
                double[] sum = sums[place] ??= new double[rows * n];
                for (int k = 0; k < sum.Length; k++)
                {
                    sum[k] += product[k];
                }
            }
        }

        return sums;
    }

    /// <summary>Onto the span of some columns of an orthonormal matrix.</summary>
    private static double[] Projection(int n, StreamKey stream)
    {
        double[] vectors = Orthogonal(n, stream);
        uint[] words = new uint[n];
        Words.Fill(stream.Slice("rank"), 0, words);
        double[] projection = new double[n * n];
        for (int k = 0; k < n; k++)
        {
            if ((words[k] >> 31) == 0)
            {
                continue;
            }

            ReadOnlySpan<double> vector = vectors.AsSpan(k * n, n);
            for (int row = 0; row < n; row++)
            {
                for (int column = 0; column < n; column++)
                {
                    projection[(row * n) + column] += vector[row] * vector[column];
                }
            }
        }

        return projection;
    }

    private static double[] Orthogonal(int n, StreamKey stream)
    {
        double[] matrix = new double[n * n];
        Of(new OrthogonalLaw(n, n, 1), stream).Fill(0, matrix.AsSpan());
        return matrix;
    }

    private static double[] Times(double[] a, double[] b, int rows, int n)
    {
        double[] product = new double[rows * n];
        for (int row = 0; row < rows; row++)
        {
            Span<double> sum = product.AsSpan(row * n, n);
            for (int k = 0; k < n; k++)
            {
                double factor = a[(row * n) + k];
                ReadOnlySpan<double> other = b.AsSpan(k * n, n);
                for (int column = 0; column < n; column++)
                {
                    sum[column] += factor * other[column];
                }
            }
        }

        return product;
    }
}
