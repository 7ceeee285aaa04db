namespace InitDsl;

/// <summary>Another initializer's values, moved into an interval.</summary>
internal sealed class ClampedInit(Init inner, double min, double max) : WrappedInit(inner)
{
    internal override Term Term => Inner.Term.Then(nameof(Clamp), min, max);

    internal override Resolution Resolve(ResolutionContext context) =>
        Inner.Resolve(context).Then(law => law.Clamp(min, max));

    protected internal override Init Around(Init changed) => changed.Clamp(min, max);
}

/// <summary>Another initializer's values, rounded to a dtype.</summary>
internal sealed class CastInit(Init inner, DType dtype) : WrappedInit(inner)
{
    internal override double? EffectiveGain => Inner.EffectiveGain;

    internal override Term Term => Inner.Term.Then(nameof(Cast), dtype);

    internal override Resolution Resolve(ResolutionContext context) =>
        Inner.Resolve(context).Then(law => DTypeFit.Within(law, dtype)).Then(law => law.Cast(dtype));

    protected internal override Init Around(Init changed) => changed.Cast(dtype);
}

/// <summary>The weighted sum of two initializers.</summary>
internal sealed class BlendInit(Init inner, Init other, double weight) : WrappedInit(inner)
{
    internal override Activation? Intended => null;

    internal Init Other => other;

    internal override Term Term => Inner.Term.Then(nameof(Blend), other, weight);

    internal override Resolution Resolve(ResolutionContext context) =>
        Inner.Resolve(context).Then(first =>
            other.Resolve(context).Then(second => new SumLaw(first.Scale(weight), second.Scale(1 - weight))));

    protected internal override Init Around(Init changed) => changed.Blend(other, weight);
}
