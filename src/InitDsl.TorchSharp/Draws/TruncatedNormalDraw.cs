using static TorchSharp.torch;

namespace InitDsl;

/// <summary>PyTorch's <c>trunc_normal_</c>: the inverse distribution function of a uniform draw, clamped.</summary>
internal static class TruncatedNormalDraw
{
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
