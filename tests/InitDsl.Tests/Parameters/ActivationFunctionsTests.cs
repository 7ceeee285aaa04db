namespace InitDsl.Tests;

public class ActivationFunctionsTests
{
    /// <summary>A gain would not tell f(x) from f(−x).</summary>
    /// <param name="x">The argument.</param>
    /// <param name="normal">Φ(x), by mpmath.</param>
    [Theory]
    [InlineData(-3.5, 0.00023262907903552504)]
    [InlineData(-0.25, 0.4012936743170763)]
    [InlineData(0, 0.5)]
    [InlineData(0.75, 0.7733726476231318)]
    [InlineData(2, 0.9772498680518208)]
    public void Functions_are_those_of_their_formulas(double x, double normal)
    {
        double sigmoid = 1 / (1 + Math.Exp(-x));
        Assert.Equal(sigmoid, ActivationFunctions.Sigmoid(x), 1e-14);
        Assert.Equal(Math.Tanh(x), ActivationFunctions.Tanh(x), 1e-14);
        Assert.Equal(Math.Log(1 + Math.Exp(2 * x)) / 2, ActivationFunctions.Softplus(x, 2), 1e-14);
        Assert.Equal(0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))), ActivationFunctions.GELUTanh(x), 1e-14);
        Assert.Equal(x * normal, ActivationFunctions.GELU(x), 1e-14);
        Assert.Equal(x * sigmoid, ActivationFunctions.SiLU(x), 1e-14);
        Assert.Equal(x * Math.Tanh(Math.Log(1 + Math.Exp(x))), ActivationFunctions.Mish(x), 1e-14);
        Assert.Equal(x > 0 ? x : 3 * (Math.Exp(x / 2) - 1), ActivationFunctions.ELU(x, 3, 2), 1e-14);
        Assert.Equal(x * Math.Min(6, Math.Max(0, x + 3)) / 6, ActivationFunctions.Hardswish(x), 1e-14);
        Assert.Equal(x / (1 + Math.Abs(x)), ActivationFunctions.Softsign(x), 1e-14);
    }
}
