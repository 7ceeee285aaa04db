namespace InitDsl;

/// <summary>
/// Whether an orthonormal matrix can have been drawn by Haar's measure, from two sums over its entries x of k vectors
/// in n dimensions. Identities, permutations and block diagonals have a mean size near 0, Hadamard matrices have 1.
/// </summary>
/// <remarks>
/// <para>
/// Σx/√(kn) is one coordinate u of a uniform unit vector. E u²ʲ = (2j − 1)!!/(n(n + 2)⋯(n + 2j − 2)) ≤ (2j − 1)!!/nʲ, so
/// E exp(λu) ≤ Σ (λ²/2n)ʲ/j! = exp(λ²/2n), and by Chernoff's bound with λ = nt it passes t on either side with a
/// probability of at most 2·exp(−n·t²/2).
/// </para>
/// <para>
/// The mean of √n·|x|, which Haar's measure expects to be √(n/π)·Γ(n/2)/Γ((n + 1)/2), about 0.8, changes by at most d/√k
/// where the matrix moves by d (Frobenius): Σ|y| over kn numbers is at most √(kn)·d. It is the same with a column's sign
/// changed, so that SO(n) may stand for O(n). There the metric of Frobenius is invariant on both sides, and its Ricci
/// curvature is −B/4 with the Killing form B(X, X) = (n − 2)·tr X²: (n − 2)/4 in every direction. By the criterion of
/// Bakry and Émery the logarithmic Sobolev inequality holds with that number, and by Herbst's argument a function whose
/// slope is at most s passes its mean by t with a probability of at most exp(−(n − 2)·t²/(8s²)) on either side: here
/// 2·exp(−(n − 2)·k·t²/8).
/// </para>
/// </remarks>
internal static class HaarCheck
{
    /// <summary>How many tests these are.</summary>
    internal const int Tests = 2;

    internal static IEnumerable<(string Property, string What)> Of(ValueView view, OrthogonalLaw law, double falseAlarm)
    {
        double k = Math.Min(law.Rows, law.Columns);
        double n = Math.Max(law.Rows, law.Columns);
        double gain = Math.Abs(law.Gain);
        if (n <= 2 || gain == 0)
        {
            yield break;
        }

        double sum = 0;
        double sizes = 0;
        view.Visit((_, values) =>
        {
            foreach (double value in values)
            {
                sum += value;
                sizes += Math.Abs(value);
            }
        });

        // Rounding and arithmetic, as if they moved every entry the same way.
        double blur = (2 * view.RoundingError) + 1e-5 + (view.LeastRoundingError * Math.Sqrt(n) / gain);
        double log = Math.Log(2 / falseAlarm);
        double mean = sum / (k * n);
        double allowed = gain * (Math.Sqrt(2 * log / n / (k * n)) + (blur / Math.Sqrt(n)));
        if (!(Math.Abs(mean) <= allowed))
        {
            yield return ("mean", $"mean {Numbers.Short(mean)}, expected 0 ± {Numbers.Short(allowed)}");
        }

        double scale = gain / Math.Sqrt(n);
        double size = sizes / (k * n);
        double expected = scale * MeanSize(n);
        double stray = scale * (Math.Sqrt(8 * log / ((n - 2) * k)) + blur);
        if (!(Math.Abs(size - expected) <= stray))
        {
            yield return ("distribution",
                $"not drawn at random: the mean size of its entries is {Numbers.Short(size)}, "
                + $"expected {Numbers.Short(expected)} ± {Numbers.Short(stray)} of a random orthogonal matrix");
        }
    }

    /// <summary>√(n/π)·Γ(n/2)/Γ((n + 1)/2), the ratio by its recurrence from n to n + 2.</summary>
    private static double MeanSize(double n)
    {
        (double at, double ratio) = n % 2 == 1 ? (1, Math.Sqrt(Math.PI)) : (2, 2 / Math.Sqrt(Math.PI));
        for (; at < n; at += 2)
        {
            ratio *= at / (at + 1);
        }

        return Math.Sqrt(n / Math.PI) * ratio;
    }
}
