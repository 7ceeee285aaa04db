using static TorchSharp.torch;

namespace InitDsl;

/// <summary>PyTorch's <c>trunc_normal_</c>: the inverse distribution function of a uniform draw, clamped.</summary>
internal static class TruncatedNormalDraw
{
    private const int FewestSteps = 64;

    /// <summary>
    /// PyTorch draws between 2Φ(low) − 1 and 2Φ(high) − 1. At −1 and 1 the inverse is infinite, and far out in a tail
    /// the two are so near that the dtype has few numbers between them: it would draw the bound and little else.
    /// </summary>
    internal static string? WhyNot(TruncatedNormalLaw law, DType dtype)
    {
        double low = (2 * Cdf((law.Low - law.Location) / law.Spread)) - 1;
        double high = (2 * Cdf((law.High - law.Location) / law.Spread)) - 1;
        if (double.IsInfinity(law.Low) || double.IsInfinity(law.High))
        {
            return "PyTorch's trunc_normal_ gives infinite values where a side is open.";
        }

        double step = Math.Max(Math.Abs(low), Math.Abs(high)) * 2 * ElementCodec.RoundingError(dtype);
        return high - low < FewestSteps * step
            ? $"PyTorch's trunc_normal_ cannot draw {law} in {dtype}: it has fewer than {FewestSteps} different values there."
            : null;
    }

    internal static void Into(Tensor target, TruncatedNormalLaw law, Generator generator)
    {
        double low = Cdf((law.Low - law.Location) / law.Spread);
        double high = Cdf((law.High - law.Location) / law.Spread);
        target.uniform_((2 * low) - 1, (2 * high) - 1, generator);
        target.erfinv_();
        InPlace.Multiply(target, law.Spread * Math.Sqrt(2));
        InPlace.Add(target, law.Location);
        InPlace.Clamp(target, law.Low, law.High);
    }

    /// <summary>(1 + erf(x/√2))/2, rounded as PyTorch does it.</summary>
    private static double Cdf(double x) => (1 + StandardNormal.Central(x)) / 2;
}
