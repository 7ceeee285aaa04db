namespace InitDsl;

/// <summary>
/// The vectors of the short side have length |gain| and are orthogonal: every length, and the products of
/// neighbours and of evenly spread pairs.
/// </summary>
internal static class OrthonormalityCheck
{
    private const int Pairs = 4096;

    internal static IEnumerable<(string Property, string What)> Of(PlanStep step, OrthogonalLaw law)
    {
        double[] matrix = new double[step.Shape.Elements];
        StoredValues.Visit(step.Store, (start, values) => values.CopyTo(matrix.AsSpan((int)start)));
        int count = (int)Math.Min(law.Rows, law.Columns);
        double square = law.Gain * law.Gain;

        // Each product is a sum of rounded products: errors of u·√length at worst, with room to spare.
        double error = ElementCodec.RoundingError(step.Spec.DType);
        double allowed = square * ((8 * error) + 1e-12);

        double worst = 0;
        for (int i = 0; i < count; i++)
        {
            worst = Math.Max(worst, Math.Abs(Product(i, i) - square));
        }

        for (long pair = 0; pair < Math.Min(Pairs, (long)count * (count - 1) / 2); pair++)
        {
            int i = (int)(pair % count);
            int j = (int)((i + 1 + (pair / count)) % count);
            worst = i == j ? worst : Math.Max(worst, Math.Abs(Product(i, j)));
        }

        if (!(worst <= allowed))
        {
            yield return ("orthonormality",
                $"a product of two of its {(law.Rows <= law.Columns ? "rows" : "columns")} is off by {Numbers.Short(worst)}, "
                + $"at most {Numbers.Short(allowed)} expected");
        }

        double Product(int i, int j)
        {
            bool wide = law.Rows <= law.Columns;
            long length = wide ? law.Columns : law.Rows;
            long step1 = wide ? 1 : law.Columns;
            long first = wide ? i * law.Columns : i;
            long second = wide ? j * law.Columns : j;
            double sum = 0;
            for (long k = 0; k < length; k++)
            {
                sum += matrix[first + (k * step1)] * matrix[second + (k * step1)];
            }

            return sum;
        }
    }
}
