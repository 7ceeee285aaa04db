namespace InitDsl;

/// <summary>A partition of the line in which each atom of a law has a cell of its own.</summary>
internal sealed class Cells
{
    /// <summary>How many cells the continuous part of a mixture is cut into.</summary>
    private const int Continuous = 8;

    /// <summary>The upper end of each cell, included; the last is infinite.</summary>
    private readonly double[] ends;
    private readonly double[] probabilities;

    private Cells(double[] ends, double[] probabilities)
    {
        this.ends = ends;
        this.probabilities = probabilities;
    }

    internal int Count => ends.Length;

    /// <summary>The cells of a law that has atoms; null of any other.</summary>
    internal static Cells? Of(Drawn drawn) => (Sample.Pools(drawn.Law), drawn.Spec.DType, drawn.Law.Marginal) switch
    {
        (true, DType.Float32 or DType.Float64, ClampedLaw clamped) when !double.IsNaN(clamped.Cdf(clamped.Low)) => Of(clamped),
        (true, _, DiscreteLaw discrete) => Of(discrete),
        _ => null,
    };

    /// <summary>n·KL(found ‖ expected): half the likelihood ratio.</summary>
    internal double HalfStatistic(double[] values)
    {
        double sum = 0;
        int[] counts = Counts(values);
        for (int i = 0; i < counts.Length; i++)
        {
            sum += counts[i] == 0 ? 0 : counts[i] * Math.Log(counts[i] / (values.Length * probabilities[i]));
        }

        return sum;
    }

    /// <summary>The cell that adds most.</summary>
    internal string Worst(double[] values)
    {
        int[] counts = Counts(values);
        int worst = Enumerable.Range(0, Count).MaxBy(i =>
            Math.Abs(counts[i] - (values.Length * probabilities[i])) / Math.Sqrt(values.Length * probabilities[i]));
        string from = worst == 0 ? "-∞" : Numbers.Short(ends[worst - 1]);
        return $"between {from} and {Numbers.Short(ends[worst])} lie {Numbers.Count(counts[worst])} of {Numbers.Count(values.Length)} values, "
            + $"expected {Numbers.Short(values.Length * probabilities[worst])}";
    }

    /// <summary>
    /// P(n·KL ≥ x) ≤ e^(−x)·(e·x/(k − 1))^(k − 1) for x > k − 1, at every n (Agrawal 2020, "Finite-sample concentration of the
    /// multinomial in relative entropy", theorem I.2): the x at which that is the probability of a false alarm.
    /// </summary>
    internal static double Limit(int cells, double falseAlarm)
    {
        double freedom = cells - 1;
        double Log(double x) => -x + (freedom * (1 + Math.Log(x / freedom)));
        double low = freedom;
        double high = freedom + 1;
        while (Log(high) > Math.Log(falseAlarm))
        {
            high *= 2;
        }

        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Log(middle) > Math.Log(falseAlarm) ? (middle, high) : (low, middle);
        }

        return high;
    }

    private int[] Counts(double[] values)
    {
        int[] counts = new int[Count];
        foreach (double value in values)
        {
            int at = Array.BinarySearch(ends, value);
            counts[Math.Min(at < 0 ? ~at : at, Count - 1)]++;
        }

        return counts;
    }

    private static Cells Of(ClampedLaw law)
    {
        // A bound as float32 holds it may lie a little beyond the law's.
        double std = law.Inner.Marginal.Std;
        double Margin(double bound) => 1e-6 * (Math.Abs(bound) + std);
        double low = double.IsFinite(law.Low) ? law.Low + Margin(law.Low) : double.NegativeInfinity;
        double high = double.IsFinite(law.High) ? law.High - Margin(law.High) : double.PositiveInfinity;
        double below = double.IsFinite(low) ? law.Inner.Cdf(low) : 0;
        double above = double.IsFinite(high) ? 1 - law.Inner.Cdf(high) : 0;
        var ends = new List<double>();
        if (below > 0)
        {
            ends.Add(low);
        }

        for (int i = 1; i < Continuous; i++)
        {
            ends.Add(Quantile(law.Inner, below + ((1 - below - above) * i / Continuous)));
        }

        if (above > 0)
        {
            ends.Add(high);
        }

        return Between([.. ends.Distinct().Order()], law.Inner.Cdf);
    }

    private static Cells Of(DiscreteLaw law) => Between([.. law.Values.SkipLast(1)], law.Cdf);

    private static Cells Between(double[] inner, Func<double, double> cdf)
    {
        double[] ends = [.. inner, double.PositiveInfinity];
        double[] probabilities = [.. ends.Select((end, i) => (double.IsInfinity(end) ? 1 : cdf(end)) - (i == 0 ? 0 : cdf(ends[i - 1])))];
        return new(ends, probabilities);
    }

    private static double Quantile(Law law, double probability)
    {
        double std = law.Std;
        double low = law.Mean - std;
        double high = law.Mean + std;
        while (law.Cdf(low) > probability)
        {
            low -= std;
        }

        while (law.Cdf(high) < probability)
        {
            high += std;
        }

        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = law.Cdf(middle) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }
}
