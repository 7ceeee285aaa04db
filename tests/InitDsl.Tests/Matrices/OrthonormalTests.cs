namespace InitDsl.Tests;

public unsafe class OrthonormalTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 1, 9 }, { 9, 1 }, { 5, 5 }, { 64, 64 }, { 65, 64 }, { 64, 65 }, { 130, 130 }, { 70, 300 }, { 300, 70 }, { 3, 20000 }, { 20000, 3 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_shorter_sides_vectors_are_orthonormal(int rows, int columns)
    {
        float[] singles = new float[rows * columns];
        double[] doubles = new double[rows * columns];
        Orthonormal.Fill<float>(StreamKey.Of(1, "w"), 0, singles, rows, columns, 1, 2);
        Orthonormal.Fill<double>(StreamKey.Of(1, "w"), 0, doubles, rows, columns, 1, 2);
        int length = Math.Max(rows, columns);
        Assert.InRange(Error([.. singles.Select(x => (double)x)], rows, columns), 0, Orthonormal.Tolerance(ElementCodec.RoundingError(DType.Float32), length));
        Assert.InRange(Error(doubles, rows, columns), 0, Orthonormal.Tolerance(ElementCodec.RoundingError(DType.Float64), length));
    }

    /// <summary>One reflection at a time, as the definition has it, from the same normal values.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Blocks_of_reflections_give_what_single_ones_give(int rows, int columns)
    {
        var key = StreamKey.Of(5, "w");
        double[] matrix = new double[rows * columns];
        Orthonormal.Fill<double>(key, 0, matrix, rows, columns, 1, 1);
        double[] drawn = new double[rows * columns];
        NormalDraws.Fill(key, 0, drawn.AsSpan(), 0, 1);
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        int At(int vector, int element) => rows <= columns ? (vector * columns) + element : (element * columns) + vector;
        double[][] expected = new double[count][];
        for (int k = count - 1; k >= 0; k--)
        {
            double[] x = [.. Enumerable.Range(0, length).Select(i => i < k ? 0 : drawn[At(k, i)])];
            double norm = Math.Sqrt(x.Sum(value => value * value));
            double sign = x[k] < 0 ? -1 : 1;
            double[] v = [.. x];
            v[k] += sign * norm;
            double square = v.Sum(value => value * value);
            for (int later = k + 1; later < count; later++)
            {
                double dot = 2 * v.Zip(expected[later], (a, b) => a * b).Sum() / square;
                expected[later] = [.. expected[later].Zip(v, (value, direction) => value - (dot * direction))];
            }

            expected[k] = [.. x.Select(value => value / norm)];
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++)
            {
                Assert.Equal(expected[i][j], matrix[At(i, j)], 1e-12);
            }
        }
    }

    [Fact]
    public void Tiles_have_the_bits_of_the_scalar_definition()
    {
        (int Rows, int Columns, int Depth)[] sizes = [(1, 1, 1), (6, 32, 128), (7, 33, 129), (5, 31, 300), (200, 530, 40), (64, 64, 257)];
        foreach ((int rows, int columns, int depth) in sizes)
        {
            float[] a = Drawn(1, rows * depth);
            float[] b = Drawn(2, depth * columns);
            foreach ((bool turnA, bool turnB, bool add) in (ValueTuple<bool, bool, bool>[])[(false, false, false), (true, false, true), (false, true, true), (true, true, false)])
            {
                float[] tiled = Drawn(3, rows * columns);
                float[] scalar = Drawn(3, rows * columns);
                fixed (float* pa = a, pb = b, pt = tiled, ps = scalar)
                {
                    MatrixView<float> va = turnA ? new(pa, 1, rows) : new(pa, depth, 1);
                    MatrixView<float> vb = turnB ? new(pb, 1, depth) : new(pb, columns, 1);
                    MatrixProduct.Multiply(va, vb, new(pt, columns, 1), rows, columns, depth, add);
                    MatrixProduct.MultiplyScalars(va, vb, new(ps, columns, 1), rows, columns, depth, add);
                }

                Assert.Equal(scalar, tiled);
            }
        }
    }

    /// <summary>Haar's measure makes an element of a vector of n elements the square root of a Beta(½, (n − 1)/2)
    /// with a random sign; for n = 3 that is uniform. Determinants of both signs are equally frequent.</summary>
    [Fact]
    public void Elements_and_determinants_follow_Haars_measure()
    {
        const int Draws = 20000;
        double[][] elements = [.. Enumerable.Range(0, 9).Select(_ => new double[Draws])];
        double[] turned = new double[Draws];
        int positive = 0;
        double[] q = new double[9];
        for (int i = 0; i < Draws; i++)
        {
            Orthonormal.Fill<double>(StreamKey.Of(i, "haar3"), 0, q, 3, 3, 1, 1);
            for (int e = 0; e < 9; e++)
            {
                elements[e][i] = q[e];
            }

            // An element of Q times a fixed rotation: the measure is invariant.
            turned[i] = (0.6 * q[4]) + (0.8 * q[5]);
            double determinant = (q[0] * ((q[4] * q[8]) - (q[5] * q[7]))) - (q[1] * ((q[3] * q[8]) - (q[5] * q[6]))) + (q[2] * ((q[3] * q[7]) - (q[4] * q[6])));
            Assert.Equal(1, Math.Abs(determinant), 1e-12);
            positive += determinant > 0 ? 1 : 0;
        }

        for (int e = 0; e < 9; e++)
        {
            KolmogorovSmirnov.AssertFollows(elements[e], x => Math.Clamp((x + 1) / 2, 0, 1), $"element {e} of 3 × 3");
        }

        KolmogorovSmirnov.AssertFollows(turned, x => Math.Clamp((x + 1) / 2, 0, 1), "a turned element");
        Assert.InRange(positive, (Draws / 2) - (6.5 * Math.Sqrt(Draws) / 2), (Draws / 2) + (6.5 * Math.Sqrt(Draws) / 2));
    }

    private static float[] Drawn(int seed, int count)
    {
        float[] values = new float[count];
        NormalDraws.Fill(StreamKey.Of(seed, "product"), 0, values.AsSpan(), 0, 1);
        return values;
    }

    private static double Error(double[] q, int rows, int columns)
    {
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        double worst = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int k = 0; k < length; k++)
                {
                    product += rows <= columns ? q[(i * columns) + k] * q[(j * columns) + k] : q[(k * columns) + i] * q[(k * columns) + j];
                }

                worst = Math.Max(worst, Math.Abs(product - (i == j ? 1 : 0)));
            }
        }

        return worst;
    }
}
