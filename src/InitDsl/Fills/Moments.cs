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
        var accumulator = new ParameterMoments(store.Spec.DType);
        StoredValues.Visit(store, (_, values) => accumulator.AddNumbers<double>(values));
        return accumulator.Moments;
    }
}
