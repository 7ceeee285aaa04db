namespace InitDsl;

/// <summary>
/// The vectors of the short side have length |gain| and are orthogonal: V·Vᵀ·x = gain²·x for random signs x
/// (Freivalds 1979), where each wrong product of two vectors shows with a probability of at least one half a trial.
/// The identity is orthonormal too: <see cref="HaarCheck"/> tells what was not drawn at random.
/// </summary>
internal static class OrthonormalityCheck
{
    private const int Trials = 32;

    internal static IEnumerable<(string Property, string What)> Of(ValueView view, OrthogonalLaw law)
    {
        double unit = Magnitude.Of(law.Gain);
        double[] matrix = view.ToArray();
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] /= unit;
        }

        int rows = (int)law.Rows;
        int columns = (int)law.Columns;
        double gain = Math.Abs(law.Gain) / unit;
        double square = gain * gain;

        // Rounding moves each product of two vectors by up to 2u·gain², in a random direction, so that the errors of
        // a row do not add up; 16 leaves room for the largest of many rows. The matrix itself is computed in float32,
        // or float64, with errors that grow with the root of the vectors' number.
        DType computed = view.DType == DType.Float64 ? DType.Float64 : DType.Float32;
        double arithmetic = ElementCodec.RoundingError(computed) * (64 + (4 * Math.Sqrt(Math.Min(rows, columns))));
        double allowed = square * ((16 * view.RoundingError) + arithmetic + 1e-12);

        // In a sum the rounding is that of the sum, however small the matrix in it: the same step, with an error that
        // does not shrink with the elements. (The view allows four times what one rounding does.)
        double added = view.LeastRoundingError / 4 / unit;
        allowed += (16 * gain * added) + (Math.Max(rows, columns) * added * added);
        double worst = 0;
        for (int trial = 0; trial < Trials && worst <= allowed; trial++)
        {
            double[] x = Signs(Math.Min(rows, columns), trial);
            double[] image = rows <= columns
                ? Times(matrix, rows, columns, TransposedTimes(matrix, rows, columns, x))
                : TransposedTimes(matrix, rows, columns, Times(matrix, rows, columns, x));
            for (int i = 0; i < x.Length; i++)
            {
                double off = Math.Abs(image[i] - (square * x[i]));
                worst = double.IsNaN(off) ? double.NaN : Math.Max(worst, off);
            }
        }

        if (!(worst <= allowed))
        {
            yield return ("orthonormality",
                $"its {(rows <= columns ? "rows" : "columns")} are not orthogonal with length {Numbers.Short(Math.Abs(law.Gain))}: "
                + $"off by {Numbers.Short(worst / square)} of its square, at most {Numbers.Short(allowed / square)} expected");
        }
    }

    private static double[] Signs(int count, int trial)
    {
        uint[] words = new uint[count];
        Words.Fill(StreamKey.Of(trial, "orthonormality"), 0, words);
        return [.. words.Select(word => (word >> 31) == 0 ? 1.0 : -1.0)];
    }

    private static double[] Times(double[] matrix, int rows, int columns, double[] x)
    {
        double[] image = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double sum = 0;
            for (int column = 0; column < columns; column++)
            {
                sum += matrix[(row * columns) + column] * x[column];
            }

            image[row] = sum;
        }

        return image;
    }

    private static double[] TransposedTimes(double[] matrix, int rows, int columns, double[] x)
    {
        double[] image = new double[columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                image[column] += matrix[(row * columns) + column] * x[row];
            }
        }

        return image;
    }
}
