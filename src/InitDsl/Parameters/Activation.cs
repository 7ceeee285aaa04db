using System.Globalization;

namespace InitDsl;

/// <summary>
/// A nonlinearity and the gain that keeps variance through it: the standard deviation of a layer's weights is
/// multiplied by this. <c>Kaiming.For(Activation.LeakyReLU(0.2))</c>.
/// </summary>
/// <remarks>
/// Gains of linear, sigmoid, tanh, ReLU, leaky ReLU and SELU are those of PyTorch's
/// <c>torch.nn.init.calculate_gain</c>. The others are 1/√E[f(z)²] for z ~ N(0, 1), by quadrature.
/// </remarks>
public sealed record Activation
{
    private readonly string text;

    private Activation(string name, double gain, string? text = null)
    {
        Name = name;
        Gain = gain;
        this.text = text ?? $"Activation.{name}";
    }

    /// <summary>No nonlinearity; gain 1.</summary>
    public static Activation Linear { get; } = new("Linear", 1);

    /// <summary>1/(1 + e⁻ˣ); gain 1.</summary>
    public static Activation Sigmoid { get; } = new("Sigmoid", 1);

    /// <summary>Hyperbolic tangent; gain 5/3, as in PyTorch.</summary>
    public static Activation Tanh { get; } = new("Tanh", 5.0 / 3);

    /// <summary>max(0, x); gain √2 (He et al. 2015).</summary>
    public static Activation ReLU { get; } = new("ReLU", Math.Sqrt(2));

    /// <summary>Scaled exponential linear unit; gain 3/4, as in PyTorch. Self-normalizing networks use 1 (LeCun).</summary>
    public static Activation SELU { get; } = new("SELU", 0.75);

    /// <summary>x·Φ(x).</summary>
    public static Activation GELU { get; } = new("GELU", 1.5335304412);

    /// <summary>The tanh approximation of <see cref="GELU"/>.</summary>
    public static Activation GELUTanh { get; } = new("GELUTanh", 1.5335805217);

    /// <summary>x·sigmoid(x), also called swish.</summary>
    public static Activation SiLU { get; } = new("SiLU", 1.6765324703);

    /// <summary>Exponential linear unit with α = 1.</summary>
    public static Activation ELU { get; } = new("ELU", 1.2451983007);

    /// <summary>x·tanh(softplus(x)).</summary>
    public static Activation Mish { get; } = new("Mish", 1.4868475813);

    /// <summary>x·relu6(x + 3)/6.</summary>
    public static Activation Hardswish { get; } = new("Hardswish", 1.7366572127);

    /// <summary>x/(1 + |x|).</summary>
    public static Activation Softsign { get; } = new("Softsign", 2.3375333631);

    /// <summary>The name, as <c>ReLU</c>.</summary>
    public string Name { get; }

    /// <summary>What to multiply the weights' standard deviation by.</summary>
    public double Gain { get; }

    /// <summary>max(x, slope·x); gain √(2/(1 + slope²)).</summary>
    /// <param name="slope">The negative slope; 0.01 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public static Activation LeakyReLU(double slope = 0.01)
    {
        Guard.Finite(slope);
        string argument = slope.ToString("R", CultureInfo.InvariantCulture);
        return new("LeakyReLU", Math.Sqrt(2 / (1 + (slope * slope))), $"Activation.LeakyReLU({argument})");
    }

    /// <summary>
    /// Whether a layer followed by this activation may well have a gain: the variance changes by less than half,
    /// or the gain is the 1 of Glorot's tanh and of self-normalizing networks.
    /// </summary>
    internal bool Accepts(double gain)
    {
        double ratio = gain * gain / (Gain * Gain);
        return ratio is > 1 / 1.5 and < 1.5 || (gain == 1 && Name is "Tanh" or "SELU");
    }

    /// <summary>The word as it is written in code.</summary>
    public override string ToString() => text;
}
