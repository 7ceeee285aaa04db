using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// How <see cref="InitLaws"/> asks. Immutable: <c>new InitLawOptions { Seed = 7 }</c>, <c>options with { Seed = 7 }</c>,
/// in F# <c>InitLawOptions(Seed = 7L)</c>.
/// </summary>
/// <remarks>
/// <para>
/// <b>False alarms.</b> All tests of one check share <see cref="FalseAlarm"/> evenly; their limits are inequalities
/// that are proved at every sample size (Bernstein; Laurent and Massart; Dvoretzky, Kiefer, Wolfowitz and Massart;
/// Agrawal 2020 for counts; the binomial law for medians). So a subject that is right fails with at most that
/// probability, one in a million by default, over the choice of the seed; for one seed the answer is always the same.
/// </para>
/// <para>
/// <b>Power.</b> As many draws are pooled as it takes to find, each with a probability of at least <see cref="Power"/>:
/// a distribution at Kolmogorov–Smirnov distance <see cref="Deviation"/> (a uniform in place of a normal has 0.057), a mean
/// off by that part of the standard deviation, and a standard deviation off by that part of itself, where the values
/// are otherwise as the law says. That needs some hundred thousand values; 64 draws, and sixteen million values in all, are
/// the most, so that a bias of ten elements is looked at more coarsely. Laws that tie elements to each other
/// (orthogonal, sparse, masked) are looked at in one draw. The report says for each parameter what is found.
/// What is exact needs no luck: a value out of bounds, two rows alike, bits that differ.
/// </para>
/// </remarks>
public sealed record InitLawOptions
{
    private readonly double falseAlarm = 1e-6;
    private readonly double power = 0.999;
    private readonly double deviation = 0.03;
    private readonly double varianceFactor = 3;
    private readonly Shape shape = new(240, 200);

    /// <summary>What is asked where nothing is said: every property, one false alarm in a million.</summary>
    public static InitLawOptions Default { get; } = new();

    /// <summary>The first seed; the draws that are pooled take this and the following ones.</summary>
    public long Seed { get; init; } = 20_200_613;

    /// <summary>The probability that a subject that is right fails, over all tests together; in (0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0, 1).</exception>
    public double FalseAlarm
    {
        get => falseAlarm;
        init => falseAlarm = Probability(value);
    }

    /// <summary>The least probability that a deviation of the size <see cref="Deviation"/> is found; in (0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0, 1).</exception>
    public double Power
    {
        get => power;
        init => power = Probability(value);
    }

    /// <summary>The deviation that must be found; in (0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0, 1).</exception>
    public double Deviation
    {
        get => deviation;
        init => deviation = Probability(value);
    }

    /// <summary>Which properties are asked for.</summary>
    public InitProperties Properties { get; init; } = InitProperties.All;

    /// <summary>The shape of the tensors that a fill is given.</summary>
    public Shape Shape
    {
        get => shape;
        init => shape = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// The function between layers, as <c>x => functional.relu(x)</c>, for <see cref="InitProperties.Variance"/> of an initializer
    /// or a fill: it is measured in six square layers of width 96 without biases. Null asks for none.
    /// </summary>
    public Func<Tensor, Tensor>? Activation { get; init; }

    /// <summary>
    /// Makes an input, for <see cref="InitProperties.Variance"/> of a model that is a <c>Module&lt;Tensor, Tensor&gt;</c>, as
    /// <c>() => randn(16, 784)</c>. Null asks for none.
    /// </summary>
    public Func<Tensor>? Input { get; init; }

    /// <summary>Forward, backward or both; what the rules promise where nothing is said.</summary>
    public VarianceDirection VarianceDirection { get; init; }

    /// <summary>
    /// The median over seeds of output's mean square over input's, or of the gradients' the other way
    /// (<see cref="VarianceDirection"/>), must lie within 1/factor and factor: more than 1, 3 by default. Found with
    /// <see cref="Power"/> where 99 of 100 draws lie beyond.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than 1.</exception>
    public double VarianceFactor
    {
        get => varianceFactor;
        init => varianceFactor = value > 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "VarianceFactor must be more than 1.");
    }

    private static double Probability(double value) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It must lie between 0 and 1.");
}
