namespace InitDsl;

/// <summary>
/// The nonlinearities themselves, as PyTorch defines them, in <see cref="Elementary"/>'s functions: their gains decide
/// values and must be the same bits on every machine.
/// </summary>
internal static class ActivationFunctions
{
    internal static double Sigmoid(double x)
    {
        double e = Elementary.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    internal static double Tanh(double x)
    {
        double e = Elementary.Exp(-2 * Math.Abs(x));
        double y = (1 - e) / (1 + e);
        return x < 0 ? -y : y;
    }

    /// <summary>ln(1 + e^(βx))/β.</summary>
    internal static double Softplus(double x, double beta) =>
        Math.Max(x, 0) + (Elementary.Log(1 + Elementary.Exp(-beta * Math.Abs(x))) / beta);

    internal static double GELU(double x) => x * StandardNormal.Cdf(x);

    internal static double GELUTanh(double x) => 0.5 * x * (1 + Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    internal static double SiLU(double x) => x * Sigmoid(x);

    internal static double Mish(double x) => x * Tanh(Softplus(x, 1));

    /// <summary>x above 0, else α(e^(x/width) − 1): width 1 for ELU, α for CELU.</summary>
    internal static double ELU(double x, double alpha, double width) => x > 0 ? x : alpha * (Elementary.Exp(x / width) - 1);

    internal static double Hardswish(double x) => x * Math.Clamp(x + 3, 0, 6) / 6;

    internal static double Softsign(double x) => x / (1 + Math.Abs(x));
}
