using System.Globalization;

namespace InitDsl;

/// <summary>
/// A nonlinearity and the gain that keeps variance through it: the standard deviation of a layer's weights is
/// multiplied by this. <c>Kaiming.For(Activation.LeakyReLU(0.2))</c>.
/// </summary>
/// <remarks>
/// Gains of linear, sigmoid, tanh, ReLU, leaky ReLU and SELU are those of PyTorch's
/// <c>torch.nn.init.calculate_gain</c>. All others are 1/√E[f(z)²] for z ~ N(0, 1), by quadrature unless a closed form
/// is given.
/// </remarks>
public sealed record Activation
{
    private readonly Term term;
    private readonly string text;

    /// <summary>What the gain is computed from; null where it is known.</summary>
    private readonly Func<double, double>? function;

    /// <summary>NaN until it is asked for: a quadrature takes a fraction of a millisecond.</summary>
    private double gain = double.NaN;

    /// <summary>Tanh and those like it, which Glorot and Bengio 2010 start with gain 1.</summary>
    private bool saturates;

    private Activation(string name, double gain, Term? term = null)
        : this(name, term) => this.gain = gain;

    private Activation(string name, Func<double, double> function, Term? term = null)
        : this(name, term) => this.function = function;

    private Activation(string name, Term? term)
    {
        Name = name;
        this.term = term ?? Term.Of(name);
        text = $"{nameof(Activation)}.{TermCode.Exact.Of(this.term)}";
    }

    /// <summary>No nonlinearity; gain 1.</summary>
    public static Activation Linear { get; } = new("Linear", 1);

    /// <summary>1/(1 + e⁻ˣ); gain 1, as in PyTorch.</summary>
    public static Activation Sigmoid { get; } = new("Sigmoid", 1) { saturates = true };

    /// <summary>min(max(x/6 + 1/2, 0), 1); gain 1, that of the sigmoid it stands in for.</summary>
    public static Activation Hardsigmoid { get; } = new("Hardsigmoid", 1) { saturates = true };

    /// <summary>Hyperbolic tangent; gain 5/3, as in PyTorch.</summary>
    public static Activation Tanh { get; } = new("Tanh", 5.0 / 3) { saturates = true };

    /// <summary>max(0, x); gain √2 (He et al. 2015).</summary>
    public static Activation ReLU { get; } = new("ReLU", Math.Sqrt(2));

    /// <summary>min(max(0, x), 6) (Howard et al. 2017); gain 1.4142, that of ReLU to nine digits.</summary>
    public static Activation ReLU6 { get; } = new("ReLU6", x => Math.Clamp(x, 0, 6));

    /// <summary>max(0, x)² (So et al. 2021, "Primer"); E[f(z)²] = 3/2, gain √(2/3).</summary>
    public static Activation SquaredReLU { get; } = new("SquaredReLU", Math.Sqrt(2.0 / 3));

    /// <summary>Scaled exponential linear unit; gain 3/4, as in PyTorch. Self-normalizing networks use 1 (LeCun).</summary>
    public static Activation SELU { get; } = new("SELU", 0.75);

    /// <summary>x·Φ(x) (Hendrycks and Gimpel 2016); gain 1.5335.</summary>
    public static Activation GELU { get; } = new("GELU", ActivationFunctions.GELU);

    /// <summary>The tanh approximation of <see cref="GELU"/>; gain 1.5336.</summary>
    public static Activation GELUTanh { get; } = new("GELUTanh", ActivationFunctions.GELUTanh);

    /// <summary>x·sigmoid(x), also called swish (Elfwing et al. 2017; Ramachandran et al. 2017); gain 1.6765.</summary>
    public static Activation SiLU { get; } = new("SiLU", ActivationFunctions.SiLU);

    /// <summary>Exponential linear unit with α = 1 (Clevert et al. 2015); gain 1.2452.</summary>
    public static Activation ELU { get; } = new("ELU", x => ActivationFunctions.ELU(x, 1, 1));

    /// <summary>x·tanh(softplus(x)) (Misra 2019); gain 1.4868.</summary>
    public static Activation Mish { get; } = new("Mish", ActivationFunctions.Mish);

    /// <summary>x·relu6(x + 3)/6 (Howard et al. 2019); gain 1.7367.</summary>
    public static Activation Hardswish { get; } = new("Hardswish", ActivationFunctions.Hardswish);

    /// <summary>x/(1 + |x|); gain 2.3375.</summary>
    public static Activation Softsign { get; } = new("Softsign", ActivationFunctions.Softsign) { saturates = true };

    /// <summary>ln(1/(1 + e⁻ˣ)); gain 1.0418.</summary>
    public static Activation LogSigmoid { get; } = new("LogSigmoid", x => -ActivationFunctions.Softplus(-x, 1));

    /// <summary>x − tanh(x).</summary>
    public static Activation Tanhshrink { get; } = new("Tanhshrink", x => x - ActivationFunctions.Tanh(x));

    /// <summary>
    /// a·sigmoid(b), where a and b are the two halves of the layer's output (Dauphin et al. 2016). With a and b
    /// independent and N(0, 1) E[(a·f(b))²] = E[f(b)²], so a gated unit's gain is 1/√E[f(z)²] of its gate.
    /// </summary>
    public static Activation GLU { get; } = new("GLU", ActivationFunctions.Sigmoid);

    /// <summary>a·max(0, b): a gated unit (Shazeer 2020); gain √2. See <see cref="GLU"/>.</summary>
    public static Activation ReGLU { get; } = new("ReGLU", Math.Sqrt(2));

    /// <summary>a·GELU(b): a gated unit (Shazeer 2020). See <see cref="GLU"/>.</summary>
    public static Activation GEGLU { get; } = new("GEGLU", ActivationFunctions.GELU);

    /// <summary>a·SiLU(b): a gated unit (Shazeer 2020), Llama's. See <see cref="GLU"/>.</summary>
    public static Activation SwiGLU { get; } = new("SwiGLU", ActivationFunctions.SiLU);

    /// <summary>The name, as <c>ReLU</c>.</summary>
    public string Name { get; }

    /// <summary>What to multiply the weights' standard deviation by.</summary>
    public double Gain => double.IsNaN(gain) && function is not null ? gain = 1 / Math.Sqrt(GaussianMoment.Square(function).Value) : gain;

    /// <summary>Tanh and those like it, which Glorot and Bengio 2010 start with gain 1.</summary>
    internal bool Saturates => saturates;

    /// <summary>
    /// A function of your own; its gain is 1/√E[f(z)²] for z ~ N(0, 1), by quadrature, rounded to twelve digits so that
    /// the last bits of the platform's mathematics do not reach the weights.
    /// </summary>
    /// <param name="name">What to call it in plans and warnings.</param>
    /// <param name="map">
    /// f, for arguments from −38 to 38: called about 3,600 times where it is smooth, up to 400,000 where it is rough, all
    /// before this returns and never again. Must depend on its argument alone.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name is empty, or the gain is not finite: f is 0 almost everywhere, is not finite somewhere, grows faster
    /// than e^(z²/4), or is too rough to be integrated.
    /// </exception>
    public static Activation Of(string name, Func<double, double> map)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("name must not be empty: write what plans are to call the function.", nameof(name));
        }

        ArgumentNullException.ThrowIfNull(map);
        (double square, string? whyNot) = GaussianMoment.Square(map);
        if (whyNot is not null)
        {
            throw new ArgumentException($"{name} has no gain 1/√E[f(z)²], z ~ N(0, 1): the function {whyNot}.", nameof(map));
        }

        double gain = double.Parse((1 / Math.Sqrt(square)).ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new(name, map, Term.Call(nameof(Of), name, map)) { gain = gain };
    }

    /// <summary>max(x, slope·x); gain √(2/(1 + slope²)).</summary>
    /// <param name="slope">The negative slope; 0.01 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite, or so large that no gain is left.</exception>
    public static Activation LeakyReLU(double slope = 0.01) =>
        WithGain(new("LeakyReLU", Math.Sqrt(2 / (1 + (Guard.Finite(slope) * slope))), Term.Call(nameof(LeakyReLU), slope)), nameof(slope), slope);

    /// <summary>
    /// max(x, a·x) with a drawn from U(lower, upper) for each element in training (Xu et al. 2015); gain
    /// √(2/(1 + E[a²])), E[a²] = (lower² + lower·upper + upper²)/3.
    /// </summary>
    /// <param name="lower">The least slope; 1/8 by default, as in PyTorch.</param>
    /// <param name="upper">The largest slope; 1/3 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A slope is not finite, or so large that no gain is left.</exception>
    public static Activation RReLU(double lower = 1.0 / 8, double upper = 1.0 / 3)
    {
        new ArgumentChecks().Finite(lower).Finite(upper).Throw();
        double square = ((lower * lower) + (lower * upper) + (upper * upper)) / 3;
        return WithGain(new("RReLU", Math.Sqrt(2 / (1 + square)), Term.Call(nameof(RReLU), lower, upper)), nameof(upper), upper);
    }

    /// <summary>x above 0, else α(eˣ − 1): <see cref="ELU"/> with another α than 1.</summary>
    /// <param name="alpha">α, any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite, or so large that no gain is left.</exception>
    public static Activation ELUWithAlpha(double alpha) =>
        Guard.Finite(alpha) == 1
            ? ELU
            : WithGain(new("ELU", x => ActivationFunctions.ELU(x, alpha, 1), Term.Call(nameof(ELUWithAlpha), alpha)), nameof(alpha), alpha);

    /// <summary>x above 0, else α(e^(x/α) − 1) (Barron 2017).</summary>
    /// <param name="alpha">α, positive; 1 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not a positive finite number, or so large or small that no gain is left.</exception>
    public static Activation CELU(double alpha = 1)
    {
        Guard.Positive(alpha);
        return WithGain(new("CELU", x => ActivationFunctions.ELU(x, alpha, alpha), Term.Call(nameof(CELU), alpha)), nameof(alpha), alpha);
    }

    /// <summary>ln(1 + e^(βx))/β.</summary>
    /// <param name="beta">β, positive; 1 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not a positive finite number, or so large or small that no gain is left.</exception>
    public static Activation Softplus(double beta = 1)
    {
        Guard.Positive(beta);
        return WithGain(new("Softplus", x => ActivationFunctions.Softplus(x, beta), Term.Call(nameof(Softplus), beta)), nameof(beta), beta);
    }

    /// <summary>min(max(x, low), high).</summary>
    /// <param name="low">The least value; −1 by default, as in PyTorch.</param>
    /// <param name="high">The largest value, above the least; 1 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound is not finite, high is not above low, or both are so large or so near 0 that no gain is left.
    /// </exception>
    public static Activation Hardtanh(double low = -1, double high = 1)
    {
        new ArgumentChecks().Finite(low).Finite(high).Above(high, low).Throw();
        return WithGain(
            new("Hardtanh", x => Math.Clamp(x, low, high), Term.Call(nameof(Hardtanh), low, high)) { saturates = true }, nameof(high), high);
    }

    /// <summary>x where |x| is above a threshold, else 0.</summary>
    /// <param name="threshold">At least 0 and at most 30; 0.5 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or so large that nothing passes it.</exception>
    public static Activation Hardshrink(double threshold = 0.5) =>
        WithGain(new("Hardshrink", x => Math.Abs(x) > threshold ? x : 0, Term.Call(nameof(Hardshrink), Passable(threshold))), nameof(threshold), threshold);

    /// <summary>x moved towards 0 by a threshold, 0 where |x| is below it.</summary>
    /// <param name="threshold">At least 0 and at most 30; 0.5 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or so large that nothing passes it.</exception>
    public static Activation Softshrink(double threshold = 0.5) =>
        WithGain(new("Softshrink", x => x - Math.Clamp(x, -threshold, threshold), Term.Call(nameof(Softshrink), Passable(threshold))), nameof(threshold), threshold);

    /// <summary>Equal when the name and all numbers are; of two functions of your own, when they are the same delegate.</summary>
    /// <param name="other">Another activation.</param>
    public bool Equals(Activation? other) => other is not null && text == other.text && (!IsCustom || function == other.function);

    /// <inheritdoc/>
    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The word as it is written in code.</summary>
    public override string ToString() => text;

    /// <summary>What is written: the word that makes this activation again.</summary>
    internal Term Term => term;

    /// <summary>
    /// Whether a layer followed by this activation may well have a gain: the variance changes by less than half,
    /// or the gain is the 1 of Glorot's saturating functions and of self-normalizing networks.
    /// </summary>
    internal bool Accepts(double gain)
    {
        double ratio = gain * gain / (Gain * Gain);
        return ratio is > 1 / 1.5 and < 1.5 || (gain == 1 && (Saturates || this == SELU));
    }

    /// <summary>Whether a layer meant for another activation may be followed by this one: the gains are within 5%.</summary>
    internal bool StandsFor(Activation intended) => Equals(intended) || Math.Abs((intended.Gain / Gain) - 1) < 0.05;

    private bool IsCustom => term.Word == nameof(Of);

    /// <summary>The activation, unless its numbers leave it no gain: better said where they are given than by a law of zeros.</summary>
    private static Activation WithGain(Activation activation, string name, double value) =>
        activation.Gain is > 0 and < double.PositiveInfinity
            ? activation
            : throw new ArgumentOutOfRangeException(
                name, value, $"{activation} has no gain 1/√E[f(z)²], z ~ N(0, 1): its numbers are too large or too small. Give it others.");

    private static double Passable(double threshold)
    {
        new ArgumentChecks().Between(threshold, 0, 30).Throw();
        return threshold;
    }
}
