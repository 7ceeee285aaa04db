namespace InitDsl.Tests;

/// <summary>Linear correlation of two samples.</summary>
internal static class Correlation
{
    /// <summary>Six and a bit standard deviations: independent samples exceed it twice in 10⁹.</summary>
    public static double Threshold(int n) => 6.1 / Math.Sqrt(n);

    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double meanA = Mean(a);
        double meanB = Mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double da = a[i] - meanA;
            double db = b[i] - meanB;
            ab += da * db;
            aa += da * da;
            bb += db * db;
        }

        return ab / Math.Sqrt(aa * bb);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
