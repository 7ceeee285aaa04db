namespace InitDsl;

/// <summary>An initializer that changes another: what belongs to that one's fans and gain is passed on to it.</summary>
internal abstract class WrappedInit(Init inner) : Init
{
    internal override Activation? Intended => Inner.Intended;

    protected internal Init Inner { get; } = inner;

    public sealed override Init FanIn() => Around(Inner.FanIn());

    public sealed override Init FanOut() => Around(Inner.FanOut());

    public sealed override Init FanAverage() => Around(Inner.FanAverage());

    public sealed override Init WithFans(Fans fans) => Around(Inner.WithFans(fans));

    public sealed override Init Gain(double gain) => Around(Inner.Gain(gain));

    public sealed override Init For(Activation activation) => Around(Inner.For(activation));

    /// <summary>The same change of another initializer.</summary>
    protected internal abstract Init Around(Init changed);
}

/// <summary>
/// A published initializer under its own name, made of another. Its gain is the paper's business: no gain of an
/// activation is expected of it.
/// </summary>
internal sealed class PublishedInit(Term term, Init inner) : Init
{
    public override Init WithFans(Fans fans) => new PublishedInit(term.Then(nameof(WithFans), fans), inner.WithFans(fans));

    /// <summary>What the name stands for.</summary>
    internal Init Meaning => inner;

    internal override Term Term => term;

    internal override Resolution Resolve(ResolutionContext context) => inner.Resolve(context);
}
