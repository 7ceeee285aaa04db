namespace InitDsl;

/// <summary>
/// Mean 0 and standard deviation gain/√fan. Glorot's, He's and LeCun's initializers are cases of it.
/// </summary>
internal sealed class VarianceScalingInit(
    Term term,
    double gain,
    FanMode mode,
    Distribution distribution,
    Fans? fans = null,
    Activation? intended = null) : Init
{
    /// <summary>Standard deviation of a unit normal truncated to (−2, 2); FORMULAS of JAX and Keras.</summary>
    private const double StdOfNormalCutAtTwo = 0.87962566103423978;

    internal FanMode Mode => mode;

    internal override double? EffectiveGain => gain;

    internal override Activation? Intended => intended;

    public override Init FanIn() => WithMode(FanMode.FanIn, nameof(FanIn));

    public override Init FanOut() => WithMode(FanMode.FanOut, nameof(FanOut));

    public override Init FanAverage() => WithMode(FanMode.FanAverage, nameof(FanAverage));

    public override Init WithFans(Fans fans) =>
        new VarianceScalingInit(term.Then(nameof(WithFans), fans), gain, mode, distribution, fans, intended);

    public override Init Gain(double gain)
    {
        new ArgumentChecks().Finite(gain).Require(gain > 0, gain, $"must be above 0, not {ArgumentChecks.Text(gain)}: for zeros write Zeros", nameof(gain)).Throw();
        return new VarianceScalingInit(term.Then(nameof(Gain), gain), gain, mode, distribution, fans);
    }

    public override Init For(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return new VarianceScalingInit(term.Then(nameof(For), activation), activation.Gain, mode, distribution, fans, activation);
    }

    internal override Term Term => term;

    internal override Resolution Resolve(ResolutionContext context)
    {
        if (FanLookup.Of(this, context, fans, out FanCount count) is { } none)
        {
            return none;
        }

        double fan = mode switch
        {
            FanMode.FanIn => count.In,
            FanMode.FanOut => count.Out,
            _ => (count.In + count.Out) / 2,
        };
        if (!(fan > 0))
        {
            return new Problem(
                $"{this} divides by the {Words(mode)}, which is 0.",
                "Give the layer a size, or write Zeros for it.");
        }

        // The order of operations is PyTorch's, so that float64 values agree to the last bit in torch mode.
        double std = mode == FanMode.FanAverage
            ? gain * Math.Sqrt(2.0 / (count.In + count.Out))
            : gain / Math.Sqrt(fan);
        double bound = Math.Sqrt(3.0) * std;
        double wide = std / StdOfNormalCutAtTwo;
        Law law = distribution switch
        {
            Distribution.Normal => new NormalLaw(0, std),
            Distribution.Uniform when context.Spec.DType.IsComplex() => new DiskLaw(Math.Sqrt(2.0) * std),
            Distribution.Uniform => new UniformLaw(-bound, bound),
            _ when context.Spec.DType.IsComplex() => new TruncatedComplexLaw(std / TruncatedComplexLaw.StdOfUnit(2), 2),
            _ => new TruncatedNormalLaw(0, wide, -2 * wide, 2 * wide),
        };
        return ((Resolution)law).From(count);
    }

    private static string Words(FanMode mode) => mode switch
    {
        FanMode.FanIn => "fan-in",
        FanMode.FanOut => "fan-out",
        _ => "average of fan-in and fan-out",
    };

    private VarianceScalingInit WithMode(FanMode changed, string word) => new(term.Then(word), gain, changed, distribution, fans, intended);
}
