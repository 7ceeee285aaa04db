namespace InitDsl;

/// <summary>How far the roundings inside a composition may have moved a value from that of its closed form.</summary>
internal static class CompositionError
{
    /// <summary>How many deviations from the mean an unbounded draw may be.</summary>
    private const double Reach = 9;

    /// <summary>The errors relative to the value, and beside that.</summary>
    /// <param name="law">The law.</param>
    /// <param name="unit">The relative error of one operation.</param>
    internal static (double Relative, double Absolute) Of(Law law, double unit)
    {
        switch (law)
        {
            case CastLaw cast:
                (double relative, double absolute) = Of(cast.Inner, unit);
                return (relative + ElementCodec.RoundingError(cast.DType), absolute + ElementCodec.LeastRoundingError(cast.DType));
            case ScaledLaw scaled:
                (relative, absolute) = Of(scaled.Inner, unit);
                return (relative + unit, absolute * Math.Abs(scaled.Factor));
            case SumLaw sum:
                (double Relative, double Absolute) first = Of(sum.First, unit);
                (double Relative, double Absolute) second = Of(sum.Second, unit);
                return (
                    unit,
                    first.Absolute + second.Absolute
                    + (2 * (first.Relative + unit) * Size(sum.First)) + (2 * (second.Relative + unit) * Size(sum.Second)));
            default:
                (double Relative, double Absolute)[] parts = [.. law.Parts.Select(part => Of(part, unit))];
                return parts.Length == 0 ? default : (parts.Max(part => part.Relative), parts.Max(part => part.Absolute));
        }
    }

    private static double Size(Law law)
    {
        double bound = Math.Max(Math.Abs(law.Min), Math.Abs(law.Max));
        return double.IsFinite(bound) ? bound : Math.Abs(law.Marginal.Mean) + (Reach * law.Marginal.Std);
    }
}
