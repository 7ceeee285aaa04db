namespace InitDsl;

/// <summary>Another initializer times a factor.</summary>
internal sealed class ScaledInit(Init inner, double factor) : WrappedInit(inner)
{
    internal override double? EffectiveGain => Inner.EffectiveGain * Math.Abs(factor);

    internal override Term Term => Inner.Term.Then(nameof(Scale), factor);

    internal override Resolution Resolve(ResolutionContext context) =>
        Inner.Resolve(context).Then(law => law.Scale(factor));

    protected internal override Init Around(Init changed) => changed.Scale(factor);
}
