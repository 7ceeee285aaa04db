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

    /// <summary>The moments of several parameters together.</summary>
    internal static Moments Pooled(IReadOnlyList<Moments> parts)
    {
        long count = parts.Sum(part => part.Count);
        if (count == 0)
        {
            return parts[0];
        }

        Moments[] filled = [.. parts.Where(part => part.Count > 0)];
        double mean = filled.Sum(part => part.Mean * part.Count) / count;
        double squares = filled.Sum(part => part.Count * ((part.Std * part.Std) + ((part.Mean - mean) * (part.Mean - mean))));
        return new(count, mean, Math.Sqrt(squares / count), filled.Min(part => part.Min), filled.Max(part => part.Max));
    }
}
