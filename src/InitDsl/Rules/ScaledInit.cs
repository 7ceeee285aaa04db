namespace InitDsl;

/// <summary>Another initializer times a factor.</summary>
internal sealed class ScaledInit(Init inner, double factor) : Init
{
    internal override double? EffectiveGain => inner.EffectiveGain * Math.Abs(factor);

    internal override Activation? Intended => inner.Intended;

    public override Init FanIn() => inner.FanIn().Scale(factor);

    public override Init FanOut() => inner.FanOut().Scale(factor);

    public override Init FanAverage() => inner.FanAverage().Scale(factor);

    public override Init WithFans(Fans fans) => inner.WithFans(fans).Scale(factor);

    public override Init Gain(double gain) => inner.Gain(gain).Scale(factor);

    public override Init For(Activation activation) => inner.For(activation).Scale(factor);

    public override string ToString() => $"{inner}.Scale({Numbers.Six(factor)})";

    internal override Resolution Resolve(ResolutionContext context) =>
        inner.Resolve(context).Then(law => law.Scale(factor));
}
