namespace InitDsl;

/// <summary>
/// What was found in a parameter's values. Of complex numbers, as in their <see cref="ComplexLaw"/>: the mean is the
/// real parts', the variance the sum of both parts', the bounds those of either part.
/// </summary>
/// <param name="Count">How many values there are.</param>
/// <param name="Mean">Their mean; NaN when there are none.</param>
/// <param name="Std">Their standard deviation (of the values, not an estimate of a population's); NaN when there are none.</param>
/// <param name="Min">The smallest; NaN when one of them is NaN.</param>
/// <param name="Max">The largest; NaN when one of them is NaN.</param>
public readonly record struct Moments(long Count, double Mean, double Std, double Min, double Max)
{
    /// <summary>Reads the moments of a whole parameter.</summary>
    /// <param name="store">The parameter.</param>
    public static Moments Of(ParameterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Spec.DType.IsComplex() ? OfComplex(store) : OfReal(store);
    }

    private static Moments OfReal(ParameterStore store)
    {
        var accumulator = new MomentAccumulator();
        StoredValues.Visit(store, (_, values) => accumulator.Add(values));
        return accumulator.Moments;
    }

    private static Moments OfComplex(ParameterStore store)
    {
        var parts = new MomentAccumulator[] { new(), new() };
        double[] buffer = new double[ElementCodec.Chunk];
        StoredValues.Visit(store, (_, values) =>
        {
            for (int part = 0; part < 2; part++)
            {
                for (int i = 0; i < values.Length / 2; i++)
                {
                    buffer[i] = values[(2 * i) + part];
                }

                parts[part].Add(buffer.AsSpan(0, values.Length / 2));
            }
        });
        (Moments real, Moments imaginary) = (parts[0].Moments, parts[1].Moments);
        return new(
            real.Count,
            real.Mean,
            Math.Sqrt((real.Std * real.Std) + (imaginary.Std * imaginary.Std)),
            Math.Min(real.Min, imaginary.Min),
            Math.Max(real.Max, imaginary.Max));
    }
}
