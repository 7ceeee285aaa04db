namespace InitDsl;

/// <summary>Another initializer, but zeros in the row of an embedding that stands for padding.</summary>
internal sealed class PaddingRowInit(Init inner) : WrappedInit(inner)
{
    internal override double? EffectiveGain => Inner.EffectiveGain;

    internal override Term Term => Inner.Term.Then(nameof(ZeroPaddingRow));

    internal override Resolution Resolve(ResolutionContext context) =>
        Inner.Resolve(context).Then(law => context.Spec.PaddingIndex is { } row && law is not PaddedLaw
            ? new PaddedLaw(law, context.Spec.Shape, row)
            : law);

    protected internal override Init Around(Init changed) => new PaddingRowInit(changed);
}
