namespace InitDsl;

/// <summary>
/// Mass, mean and standard deviation of a standard normal cut to an interval, by quadrature. The textbook formulas
/// subtract nearly equal numbers when the interval is narrow or far out (at (3, 3.001) the variance keeps no
/// digit); integrating the density relative to its largest value in the interval subtracts nothing.
/// </summary>
internal readonly record struct TruncatedMoments(double Mass, double Mean, double Std)
{
    // The integrals stop where the density has fallen by e⁻⁶⁰ from its largest value.
    private const double Fall = 60;

    // No panel is then wider than 2.8 standard deviations, or spans more than a fall of e⁻⁷·⁵: 16 nodes are plenty.
    private const int Panels = 8;

    /// <param name="alpha">The lower bound; may be −∞.</param>
    /// <param name="beta">The upper bound; may be +∞.</param>
    /// <param name="width">The distance between them, which their difference may have lost.</param>
    public static TruncatedMoments Of(double alpha, double beta, double width)
    {
        if (alpha == -beta)
        {
            // 0 to the last bit, which rounding in the integral would not give.
            return OfCentre(alpha, beta) with { Mean = 0 };
        }

        if (beta <= 0)
        {
            TruncatedMoments mirrored = OfTail(-beta, width);
            return mirrored with { Mean = -mirrored.Mean };
        }

        return alpha >= 0 ? OfTail(alpha, width) : OfCentre(alpha, beta);
    }

    // The interval holds 0, where the density is largest.
    private static TruncatedMoments OfCentre(double alpha, double beta)
    {
        double reach = Math.Sqrt(2 * Fall);
        return Of(z => Elementary.Exp(-0.5 * z * z), 0, Math.Max(alpha, -reach), Math.Min(beta, reach));
    }

    // The interval starts at edge ≥ 0, where the density is largest; t is the distance from there.
    private static TruncatedMoments OfTail(double edge, double width)
    {
        // Where t·edge + t²/2 = Fall.
        double reach = 2 * Fall / (edge + Math.Sqrt((edge * edge) + (2 * Fall)));
        double end = Math.Min(width, reach);
        return end > 0
            ? Of(t => Elementary.Exp(-t * (edge + (0.5 * t))), edge, 0, end)
            : new TruncatedMoments(0, edge, 0);
    }

    private static TruncatedMoments Of(Func<double, double> relativeDensity, double origin, double from, double end)
    {
        double total = GaussLegendre.Integrate(relativeDensity, from, end, Panels);
        double mean = GaussLegendre.Integrate(t => t * relativeDensity(t), from, end, Panels) / total;
        double variance = GaussLegendre.Integrate(t => (t - mean) * (t - mean) * relativeDensity(t), from, end, Panels) / total;
        return new TruncatedMoments(StandardNormal.Density(origin) * total, origin + mean, Math.Sqrt(variance));
    }
}
