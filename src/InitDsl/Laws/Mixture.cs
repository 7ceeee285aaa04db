namespace InitDsl;

/// <summary>Moments of elements of which each share follows a law of its own.</summary>
internal static class Mixture
{
    internal static double Mean(IEnumerable<(double Share, Law Law)> parts) =>
        parts.Where(part => part.Share > 0).Sum(part => part.Share * part.Law.Mean);

    internal static double Std(IReadOnlyCollection<(double Share, Law Law)> parts)
    {
        double mean = Mean(parts);
        (double Share, double Std, double Distance)[] taken =
            [.. parts.Where(part => part.Share > 0).Select(part => (part.Share, part.Law.Std, part.Law.Mean - mean))];
        double unit = Magnitude.Of(taken.Select(part => Math.Max(part.Std, Math.Abs(part.Distance))).DefaultIfEmpty().Max());
        double Square(double value) => value / unit * (value / unit);
        return unit * Math.Sqrt(taken.Sum(part => part.Share * (Square(part.Std) + Square(part.Distance))));
    }
}
