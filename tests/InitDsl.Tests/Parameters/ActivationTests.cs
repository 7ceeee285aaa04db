namespace InitDsl.Tests;

public class ActivationTests
{
    /// <summary>The known answers of the literature and of PyTorch, and closed forms where there are any.</summary>
    public static TheoryData<Activation, double> Gains => new()
    {
        { Activation.Linear, 1 },
        { Activation.Sigmoid, 1 },
        { Activation.Hardsigmoid, 1 },
        { Activation.Tanh, 5.0 / 3 },
        { Activation.ReLU, Math.Sqrt(2) },
        { Activation.SELU, 0.75 },
        { Activation.LeakyReLU(0.2), Math.Sqrt(2 / 1.04) },
        { Activation.GELU, 1.5335304412 },
        { Activation.GELUTanh, 1.5335805217 },
        { Activation.SiLU, 1.6765324703 },
        { Activation.ELU, 1.2451983007 },
        { Activation.Mish, 1.4868475813 },
        { Activation.Hardswish, 1.7366572127 },
        { Activation.Softsign, 2.3375333631 },
        { Activation.SquaredReLU, Math.Sqrt(2.0 / 3) },
        { Activation.ReGLU, Math.Sqrt(2) },
        { Activation.GEGLU, 1.5335304412 },
        { Activation.SwiGLU, 1.6765324703 },

        // E[a²] = 1/12·3 for U(0, ½).
        { Activation.RReLU(0, 0.5), Math.Sqrt(2 / (1 + (0.25 / 3))) },
        { Activation.RReLU(0.2, 0.2), Math.Sqrt(2 / 1.04) },

        // E[clip(z, ±1)²] = E[z²; |z| < 1] + P(|z| > 1) = 1 − 2φ(1), with 2Φ(1) − 1 cancelling.
        { Activation.Hardtanh(), 1 / Math.Sqrt(1 - (2 * Density(1))) },

        // E[z²; |z| > t] = 2(tφ(t) + Q(t)), and the square of what is left when z is moved by t: 2((1 + t²)Q(t) − tφ(t)).
        { Activation.Hardshrink(1), 1 / Math.Sqrt(2 * (Density(1) + Tail1)) },
        { Activation.Softshrink(1), 1 / Math.Sqrt(2 * ((2 * Tail1) - Density(1))) },
        { Activation.Hardshrink(0), 1 },
        { Activation.Softshrink(0), 1 },
        { Activation.ELUWithAlpha(0), Math.Sqrt(2) },
        { Activation.ELUWithAlpha(1), 1.2451983007 },
        { Activation.CELU(), 1.2451983007 },
    };

    [Theory]
    [MemberData(nameof(Gains), DisableDiscoveryEnumeration = true)]
    public void Gains_are_those_of_the_formulas(Activation activation, double gain) =>
        Assert.Equal(gain, activation.Gain, 1e-10);

    [Fact]
    public void Activations_are_equal_when_their_words_are()
    {
        Activation[] all = [.. Gains.Select(row => row.Data.Item1)];
        foreach (Activation one in all)
        {
            Assert.StartsWith($"Activation.{one.Name}", one.ToString(), StringComparison.Ordinal);
            Assert.All(all, other => Assert.Equal(one.ToString() == other.ToString(), one == other));
        }

        Assert.Equal(Activation.CELU(0.5), Activation.CELU(0.5));
        Assert.NotEqual(Activation.CELU(0.5), Activation.CELU(0.25));
    }

    /// <summary>E[f²] of functions with moments in closed form: powers, an exponential, jumps and kinks anywhere.</summary>
    [Fact]
    public void The_gain_of_a_function_is_one_by_the_root_of_its_second_moment()
    {
        (Func<double, double> F, double SecondMoment)[] known =
        [
            (z => z, 1),
            (z => z * z, 3),
            (z => z * z * z * z * z, 945),
            (z => Math.Exp(z), Math.Exp(2)),
            (z => Math.Exp(z * z / 8), Math.Sqrt(2)),
            (z => Math.Sin(z), (1 - Math.Exp(-2)) / 2),
            (z => 7, 49),
            (z => z > 1 ? 1 : 0, Tail1),
            (z => z > 1 ? z : 0, Density(1) + Tail1),
            (z => Math.Max(0, z - 0.3), (1.09 * Tail03) - (0.3 * Density(0.3))),
            (z => Math.Abs(z) < 1 ? 0 : z, 2 * (Density(1) + Tail1)),
            (z => 1e-200 * z, 0),
        ];
        foreach ((Func<double, double> f, double moment) in known[..^1])
        {
            Assert.Equal(1, Activation.Of("f", f).Gain * Math.Sqrt(moment), 2e-11);
        }

        Assert.Throws<ArgumentException>(() => Activation.Of("vanishing", known[^1].F));
    }

    /// <summary>A gain decides values, so its last bit counts: the order of the panels, and what a function is at its jump where a node lies there.</summary>
    [Fact]
    public void Gains_are_pinned_to_the_bit()
    {
        Assert.Equal(1.0418668355353016, Activation.LogSigmoid.Gain);
        Assert.Equal(1.0035135082941335, Activation.Hardshrink(0.299999999995673).Gain);
        Assert.Equal(1.0419590740183866, Activation.Hardshrink(0.6999999999998229).Gain);
    }

    [Fact]
    public void A_function_in_single_precision_will_do() =>
        Assert.Equal(1.5925374197, Activation.Of("tanh", z => MathF.Tanh((float)z)).Gain, 1e-6);

    [Fact]
    public void A_function_without_a_finite_gain_is_refused_with_the_reason()
    {
        Assert.Equal(
            "no has no gain 1/√E[f(z)²], z ~ N(0, 1): the function is 0 wherever z ~ N(0, 1) may fall. (Parameter 'map')",
            Assert.Throws<ArgumentException>(() => Activation.Of("no", _ => 0)).Message);
        Assert.Contains("grows so fast", Why(z => Math.Exp(z * z / 4)), StringComparison.Ordinal);
        Assert.Contains("grows so fast", Why(z => Math.Exp(z * z / 3.9)), StringComparison.Ordinal);
        Assert.Contains("is ∞ at", Why(z => Math.Exp(z * z)), StringComparison.Ordinal);
        Assert.Contains("is NaN at -", Why(Math.Sqrt), StringComparison.Ordinal);
        Assert.Contains("too rough", Why(z => (BitConverter.DoubleToInt64Bits(z) & 1) * 2), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Activation.Of(" ", z => z));

        static string Why(Func<double, double> f) => Assert.Throws<ArgumentException>(() => Activation.Of("f", f)).Message;
    }

    [Fact]
    public void Functions_of_your_own_are_equal_by_name_and_delegate()
    {
        Func<double, double> sine = Math.Sin;
        Activation first = Activation.Of("sine", sine);
        Assert.Equal(first, Activation.Of("sine", sine));
        Assert.Equal(first.GetHashCode(), Activation.Of("sine", sine).GetHashCode());
        Assert.NotEqual(first, Activation.Of("sine", Math.Tanh));
        Assert.NotEqual(first, Activation.Of("sinus", sine));
        Assert.Equal("Activation.Of(\"sine\", …)", first.ToString());
        Assert.Equal("Kaiming.For(Activation.Of(\"sine\", …))", Kaiming.For(first).ToString());
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.CELU(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Softplus(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Hardtanh(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Hardshrink(31));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Softshrink(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.ELUWithAlpha(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.RReLU(0, double.PositiveInfinity));

        // Numbers that leave no gain, which weights of NaN or zeros would tell much later.
        Assert.StartsWith(
            "Activation.LeakyReLU(1E+200) has no gain 1/√E[f(z)²], z ~ N(0, 1): its numbers are too large or too small. Give it others.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyReLU(1e200)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.RReLU(-1e200, 1e200));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.ELUWithAlpha(1e200));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Softplus(1e-300));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Hardtanh(-1e-300, 1e-300));
        Assert.InRange(Activation.LeakyReLU(1e6).Gain, 1e-6, 2e-6);
    }

    [Fact]
    public void A_function_has_a_name_and_a_map()
    {
        Assert.Throws<ArgumentNullException>("name", () => Activation.Of(null!, z => z));
        Assert.Throws<ArgumentNullException>("map", () => Activation.Of("f", null!));
    }

    /// <summary>In doubles the square of √(2/3) is 1/1.5 exactly, and that of the number after √3 over that of √2 is 1.5.</summary>
    [Fact]
    public void A_gain_is_accepted_where_the_variance_changes_by_less_than_half()
    {
        Assert.False(Activation.Linear.Accepts(Math.Sqrt(2.0 / 3)));
        Assert.True(Activation.Linear.Accepts(Math.BitIncrement(Math.Sqrt(2.0 / 3))));
        Assert.False(Activation.ReLU.Accepts(Math.BitIncrement(Math.Sqrt(3))));
        Assert.True(Activation.ReLU.Accepts(Math.Sqrt(3)));
    }

    /// <summary>Softplus, log-sigmoid, tanh-shrink and ReLU6 have no closed form: a second, plain quadrature.</summary>
    [Fact]
    public void Other_gains_agree_with_a_trapezoidal_sum()
    {
        (Activation Known, Func<double, double> F)[] functions =
        [
            (Activation.Softplus(), z => Math.Log(1 + Math.Exp(z))),
            (Activation.Softplus(2), z => Math.Log(1 + Math.Exp(2 * z)) / 2),
            (Activation.LogSigmoid, z => -Math.Log(1 + Math.Exp(-z))),
            (Activation.Tanhshrink, z => z - Math.Tanh(z)),
            (Activation.GLU, z => 1 / (1 + Math.Exp(-z))),
            (Activation.Of("tanh", Math.Tanh), Math.Tanh),
        ];
        foreach ((Activation known, Func<double, double> f) in functions)
        {
            // For smooth functions that vanish at the ends the sum converges faster than any power of the step.
            const double Step = 1.0 / 64;
            double sum = Enumerable.Range(-12 * 64, 24 * 64).Sum(i => f(i * Step) * f(i * Step) * Density(i * Step)) * Step;
            Assert.Equal(1, known.Gain * Math.Sqrt(sum), 1e-10);
        }

        Assert.Equal(Math.Sqrt(2), Activation.ReLU6.Gain, 1e-8);
    }

    private static double Tail1 => 0.15865525393145705;

    private static double Tail03 => 0.3820885778110474;

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>A function of the user's is what it is, whatever it is called.</summary>
    [Fact]
    public void Only_the_built_in_functions_take_gain_1_instead_of_their_own()
    {
        Assert.True(Activation.Tanh.Accepts(1));
        Assert.True(Activation.SELU.Accepts(1));
        Assert.True(Activation.Hardtanh(-2, 2).Accepts(1) && Activation.Hardtanh(-2, 2).Saturates);
        Assert.All((Activation[])[Activation.Sigmoid, Activation.Hardsigmoid, Activation.Tanh, Activation.Softsign], known => Assert.True(known.Saturates));
        Assert.All((Activation[])[Activation.Linear, Activation.ReLU, Activation.SELU], known => Assert.False(known.Saturates));
        foreach (string name in (string[])["Tanh", "Sigmoid", "Hardtanh", "SELU", "Softsign"])
        {
            Activation own = Activation.Of(name, z => 0.1 * Math.Max(0, z));
            Assert.False(own.Saturates);
            Assert.False(own.Accepts(1));
        }
    }
}
