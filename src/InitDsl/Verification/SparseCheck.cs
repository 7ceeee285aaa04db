namespace InitDsl;

/// <summary>Every column has its zeros, and what is not zero is normal.</summary>
internal static class SparseCheck
{
    internal static IEnumerable<(string Property, string What)> Of(PlanStep step, SparseLaw law, double falseAlarm)
    {
        // A draw may round to zero too, so there can be a few more zeros than were placed, never fewer.
        long[] zeros = new long[law.Columns];
        var zero = new HashSet<long>();
        StoredValues.Visit(step.Store, (start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == 0)
                {
                    zeros[(start + i) % law.Columns]++;
                    zero.Add(start + i);
                }
            }
        });
        int short_ = zeros.Count(count => count < law.ZerosPerColumn);
        long extra = zero.Count - (law.ZerosPerColumn * law.Columns);
        if (short_ > 0)
        {
            yield return ("zeros", $"{short_} of {law.Columns} columns have fewer than {law.ZerosPerColumn} zeros");
        }
        else if (extra > 8 + (step.Shape.Elements / 1000))
        {
            yield return ("zeros", $"{Numbers.Count(extra)} zeros too many");
        }

        if (law.Spread > 0 && zero.Count < step.Shape.Elements)
        {
            foreach ((string Property, string What) failure in RandomCheck.Of(
                         step, new NormalLaw(0, law.Spread), falseAlarm, element => !zero.Contains(element)))
            {
                yield return failure;
            }
        }
    }
}
