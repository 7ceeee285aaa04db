namespace InitDsl;

/// <summary>Moments of elements of which each share follows a law of its own.</summary>
internal static class Mixture
{
    internal static double Mean(IEnumerable<(double Share, Law Law)> parts) =>
        parts.Where(part => part.Share > 0).Sum(part => part.Share * part.Law.Mean);

    internal static double Std(IReadOnlyCollection<(double Share, Law Law)> parts)
    {
        double mean = Mean(parts);
        return Math.Sqrt(parts.Where(part => part.Share > 0).Sum(part =>
            part.Share * ((part.Law.Std * part.Law.Std) + ((part.Law.Mean - mean) * (part.Law.Mean - mean)))));
    }
}
