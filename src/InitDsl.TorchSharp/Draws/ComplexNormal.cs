namespace InitDsl;

/// <summary>PyTorch's complex <c>normal_(mean, std)</c>: both parts have std/√2, the real part has the mean.</summary>
internal static class ComplexNormal
{
    internal static bool IsPyTorchs(ComplexLaw law) =>
        law is { Real: NormalLaw real, Imaginary: NormalLaw { Mean: 0 } imaginary } && real.Std == imaginary.Std;

    /// <summary>The standard deviation that PyTorch divides by √2 and comes to the part's own, to the last bit.</summary>
    internal static double Std(ComplexLaw law)
    {
        double near = law.Real.Std * Math.Sqrt(2);
        foreach (double std in (ReadOnlySpan<double>)[near, Math.BitIncrement(near), Math.BitDecrement(near)])
        {
            if (std / Math.Sqrt(2) == law.Real.Std)
            {
                return std;
            }
        }

        return near;
    }
}
