using System.Globalization;

namespace InitDsl.Tests;

/// <summary>
/// The moments, bounds and distribution functions that our laws state, against those of a quarter of a million values
/// that PyTorch's own functions drew (torch-laws.tsv).
/// </summary>
public class PyTorchLawTests
{
    /// <summary>Of one inequality for one row. The data are fixed: what passes once passes always.</summary>
    private const double FalseAlarm = 1e-9;

    public static TheoryData<string> CallNames => [.. ReferenceCalls.All.Keys];

    [Theory]
    [MemberData(nameof(CallNames))]
    public void Laws_have_the_moments_and_quantiles_of_PyTorchs_values(string call)
    {
        ReferenceRow[] rows = [.. ReferenceRow.Read("torch-laws.tsv").Where(row => row["call"] == call)];
        Assert.NotEmpty(rows);
        foreach (ReferenceRow row in rows)
        {
            Law law = LawOf(ReferenceCalls.All[call], row.Shape);
            long n = row.Shape.Aggregate(1L, (product, size) => product * size);
            (double mean, double variance) = (Number(row["mean"]), Number(row["variance"]));
            double aboutMean = variance + ((mean - law.Mean) * (mean - law.Mean));
            (double ofMean, double ofVariance) = Allowed(law, n);
            Assert.InRange(mean - law.Mean, -ofMean, ofMean);
            Assert.InRange(aboutMean / (law.Std * law.Std), 1 - ofVariance, 1 + ofVariance);
            Assert.InRange(Number(row["min"]), law.Min, law.Max);
            Assert.InRange(Number(row["max"]), law.Min, law.Max);
            if (law.Independent)
            {
                QuantilesFit(row, law, n);
            }
        }
    }

    [Fact]
    public void Wrong_laws_would_be_noticed()
    {
        ReferenceRow row = ReferenceRow.Read("torch-laws.tsv").First(row => row["call"] == "xavier_uniform_(1)");
        Law law = LawOf(XavierUniform, row.Shape);
        Law gain = law.Scale(1.02);
        long n = row.Shape.Aggregate(1L, (product, size) => product * size);
        Assert.True(Number(row["variance"]) / (gain.Std * gain.Std) < 1 - Allowed(gain, n).Variance);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => QuantilesFit(row, new NormalLaw(0, law.Std), n));
    }

    /// <summary>Dvoretzky, Kiefer and Wolfowitz's inequality, with Massart's constant.</summary>
    private static void QuantilesFit(ReferenceRow row, Law law, long n)
    {
        double allowed = Math.Sqrt(Math.Log(2 / FalseAlarm) / (2.0 * n)) + (1.0 / n);
        string[] quantiles = row["quantiles"].Split(' ');
        Assert.Equal(13, quantiles.Length);
        foreach (string quantile in quantiles)
        {
            string[] parts = quantile.Split(':');
            Assert.InRange(law.Cdf(Number(parts[1])), Number(parts[0]) - allowed, Number(parts[0]) + allowed);
        }
    }

    /// <summary>How far mean and relative variance may stray.</summary>
    private static (double Mean, double Variance) Allowed(Law law, long n)
    {
        switch (law)
        {
            case { IsRandom: false }:
                return (1e-15, 1e-9);
            case OrthogonalLaw:
                // The squares of its elements add up to the number of its vectors, to rounding.
                return (6 * law.Std / Math.Sqrt(n), 1e-9);
            case SparseLaw sparse:
                double kurtosis = 3 / (law.Std * law.Std / (sparse.Spread * sparse.Spread));
                return (6 * law.Std / Math.Sqrt(n), 6 * Math.Sqrt((kurtosis - 1) / n));
            default:
                Thresholds limits = Thresholds.For(law, n, FalseAlarm, blur: 1e-12);
                return (limits.Mean * law.Std, Math.Max(1 - limits.LeastVariance, limits.MostVariance - 1));
        }
    }

    private static Law LawOf(Init init, long[] shape)
    {
        using nn.Module layer = shape.Length == 2
            ? Linear(shape[1], shape[0], hasBias: false, dtype: ScalarType.Float64)
            : Conv2d(shape[1], shape[0], (shape[2], shape[3]), bias: false, dtype: ScalarType.Float64);
        PlanStep step = Assert.Single(All.Weight(init).Compile(layer, RandomSource.Torch(1)).Steps);
        Assert.Equal(shape, step.Shape);
        return step.Law;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
