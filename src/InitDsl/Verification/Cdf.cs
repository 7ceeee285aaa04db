namespace InitDsl;

/// <summary>Distribution functions of the continuous laws.</summary>
internal static class Cdf
{
    internal static double Of(Law law, double x) => law switch
    {
        UniformLaw uniform => Math.Clamp((x - uniform.Low) / (uniform.High - uniform.Low), 0, 1),
        NormalLaw normal => StandardNormal.Cdf((x - normal.Mean) / normal.Std),
        TruncatedNormalLaw truncated => Truncated(truncated, Math.Clamp(x, truncated.Low, truncated.High)),
        _ => throw new ArgumentException($"{law.GetType().Name} is not continuous.", nameof(law)),
    };

    private static double Truncated(TruncatedNormalLaw law, double x)
    {
        double low = (law.Low - law.Location) / law.Spread;
        double high = (law.High - law.Location) / law.Spread;
        double z = (x - law.Location) / law.Spread;
        return Between(low, z) / Between(low, high);
    }

    /// <summary>Φ(b) − Φ(a), from whichever tail loses no digits.</summary>
    private static double Between(double a, double b) =>
        a > 0
            ? StandardNormal.UpperTail(a) - StandardNormal.UpperTail(b)
            : StandardNormal.Cdf(b) - StandardNormal.Cdf(a);
}
