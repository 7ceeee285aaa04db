namespace InitDsl;

/// <summary>Integration by the Gauss–Legendre rule of 16 nodes, which is exact for polynomials up to degree 31.</summary>
internal static class GaussLegendre
{
    private static readonly double[] Nodes =
    [
        0.09501250983763744, 0.2816035507792589, 0.45801677765722737, 0.6178762444026438,
        0.755404408355003, 0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
    ];

    private static readonly double[] Weights =
    [
        0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674,
        0.12462897125553388, 0.09515851168249279, 0.062253523938647894, 0.027152459411754096,
    ];

    /// <summary>The integral of <paramref name="f"/> from <paramref name="from"/> to <paramref name="end"/>, over
    /// <paramref name="panels"/> equal panels.</summary>
    public static double Integrate(Func<double, double> f, double from, double end, int panels)
    {
        double half = (end - from) / panels / 2;
        double sum = 0;
        for (int panel = 0; panel < panels; panel++)
        {
            double centre = from + (((2 * panel) + 1) * half);
            for (int i = 0; i < Nodes.Length; i++)
            {
                double step = half * Nodes[i];
                sum += Weights[i] * (f(centre - step) + f(centre + step));
            }
        }

        return sum * half;
    }
}
