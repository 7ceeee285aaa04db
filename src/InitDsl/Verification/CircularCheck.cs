namespace InitDsl;

/// <summary>Complex values with a uniform phase: moduli within the radius, and the distributions of modulus and phase.</summary>
internal static class CircularCheck
{
    /// <summary>How many elements the distances are taken of at most.</summary>
    private const int SampleSize = 1 << 17;

    internal static IEnumerable<(string Property, string What)> Of(
        ValueView view, CircularLaw law, double falseAlarm, ValueFilter covers)
    {
        long elements = view.Count / 2;
        long stride = Math.Max(1, (elements + SampleSize - 1) / SampleSize);
        var moduli = new List<double>();
        var phases = new List<double>();
        double real = 0;
        long notFinite = 0;
        double largest = 0;
        long seen = 0;
        view.Visit((start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (((start + i) & 1) == 0)
                {
                    real = values[i];
                    continue;
                }

                if (!covers(start + i, values[i]))
                {
                    continue;
                }

                double modulus = Magnitude.Root(real, values[i]);
                notFinite += double.IsFinite(modulus) ? 0 : 1;
                largest = Math.Max(largest, modulus);
                if (seen++ % stride == 0)
                {
                    moduli.Add(modulus);
                    phases.Add((Math.Atan2(values[i], real) / (2 * Math.PI)) + 0.5);
                }
            }
        });
        if (notFinite > 0)
        {
            yield return FiniteCheck.Failure(notFinite);
            yield break;
        }

        double error = 4 * view.RoundingError;
        if (largest > law.Radius * (1 + error))
        {
            yield return ("bounds", $"moduli up to {Numbers.Nine(largest)}, more than {Numbers.Nine(law.Radius)}");
        }

        if (moduli.Count == 0)
        {
            yield break;
        }

        double limit = KolmogorovSmirnov.Limit(moduli.Count, falseAlarm);
        double ofModuli = KolmogorovSmirnov.Distance(
            [.. moduli.Order()], law.ModulusCdf, r => (error * r) + view.LeastRoundingError);
        if (!(ofModuli <= limit))
        {
            yield return ("distribution",
                $"its moduli are distributed otherwise, Kolmogorov–Smirnov distance {Numbers.Short(ofModuli)}, at most {Numbers.Short(limit)} expected");
        }

        double ofPhases = KolmogorovSmirnov.Distance([.. phases.Order()], turn => Math.Clamp(turn, 0, 1), _ => error);
        if (!(ofPhases <= limit))
        {
            yield return ("distribution",
                $"its phases are not uniform, Kolmogorov–Smirnov distance {Numbers.Short(ofPhases)}, at most {Numbers.Short(limit)} expected");
        }
    }
}
