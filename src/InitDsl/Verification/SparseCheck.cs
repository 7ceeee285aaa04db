namespace InitDsl;

/// <summary>Every column has its zeros, and what is not zero is normal.</summary>
internal static class SparseCheck
{
    /// <summary>The streams draw an exact zero with about this probability.</summary>
    private const double ZeroDraw = 1e-7;

    internal static IEnumerable<(string Property, string What)> Of(ValueView view, SparseLaw law, double falseAlarm)
    {
        // A draw may round to zero too, so there can be a few more zeros than were placed, never fewer.
        long[] zeros = new long[law.Columns];
        view.Visit((start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                zeros[(start + i) % law.Columns] += values[i] == 0 ? 1 : 0;
            }
        });
        int tooFew = zeros.Count(count => count < law.ZerosPerColumn);
        long extra = zeros.Sum() - (law.ZerosPerColumn * law.Columns);
        double allowed = ExtraZeros(view, law, falseAlarm);
        if (tooFew > 0)
        {
            yield return ("zeros", $"{tooFew} of {law.Columns} columns have fewer than {law.ZerosPerColumn} zeros");
        }
        else if (extra > allowed)
        {
            yield return ("zeros", $"{Numbers.Count(extra)} zeros too many, at most {Numbers.Short(allowed)} expected by rounding");
        }

        foreach ((string Property, string What) failure in RandomCheck.Of(
                     view, new NormalLaw(0, law.Spread), falseAlarm, (_, value) => value != 0))
        {
            yield return failure;
        }
    }

    /// <summary>How many draws may be rounded to zero: Bernstein's inequality for their number.</summary>
    private static double ExtraZeros(ValueView view, SparseLaw law, double falseAlarm)
    {
        var drawn = new NormalLaw(0, law.Spread);
        double half = view.LeastRoundingError;
        double each = drawn.Cdf(half) - drawn.Cdf(-half) + ZeroDraw;
        double expected = each * (law.Rows - law.ZerosPerColumn) * law.Columns;
        double log = Math.Log(1 / falseAlarm);
        return expected + Math.Sqrt(2 * expected * log) + (2 * log / 3);
    }
}
