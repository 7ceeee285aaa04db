namespace InitDsl;

/// <summary>Each of equal blocks along the first axis as a parameter of its own.</summary>
internal sealed class PerBlockInit(Init inner, long? blocks) : WrappedInit(inner)
{
    /// <summary>More parts than this are no blocks: each has a stream of its own.</summary>
    private const long Most = 1 << 20;

    internal override double? EffectiveGain => Inner.EffectiveGain;

    internal override Term Term => blocks is { } count ? Inner.Term.Then(nameof(PerBlock), count) : Inner.Term.Then(nameof(PerBlock));

    internal override Resolution Resolve(ResolutionContext context)
    {
        ParamSpec spec = context.Spec;
        long count = blocks ?? spec.Blocks;
        if (Parts.WhyNot(this, spec.Shape, count, "blocks") is { } problem)
        {
            return problem;
        }

        if (count > Most)
        {
            return new Problem(
                $"{this} makes {Numbers.Count(count)} blocks, each with a stream of its own, and {Numbers.Count(Most)} are the most there can be.",
                "Write the law without PerBlock, or with fewer blocks.");
        }

        ParamSpec block = spec.Part(count);
        return Inner.Resolve(context with { Spec = block }).Then(law => count == 1
            ? law
            : new SlicedLaw([.. Enumerable.Range(0, (int)count).Select(i => new LawSlice($"block {i}/{count}", block.Shape.Elements, law))]));
    }

    protected internal override Init Around(Init changed) => new PerBlockInit(changed, blocks);
}

/// <summary>Rows of another initializer, each several times: as often as asked for, or for a pixel shuffle.</summary>
internal sealed class RepeatedInit(Init inner, long times, long? upscale = null) : WrappedInit(inner)
{
    internal override double? EffectiveGain => Inner.EffectiveGain;

    internal override Term Term => upscale is { } factor ? Term.Call(nameof(Dsl.Icnr), factor, Inner) : Inner.Term.Then(nameof(RepeatEach), times);

    internal override Resolution Resolve(ResolutionContext context)
    {
        ParamSpec spec = context.Spec;
        if (Parts.WhyNot(this, spec.Shape, times, "groups of equal rows") is { } problem)
        {
            return problem;
        }

        if (upscale is not null && spec.Kind == LayerKind.TransposedConvolution)
        {
            return new Problem(
                $"{this} repeats output channels, and the first dimension of a transposed convolution is its input.",
                "Use it for the convolution before a PixelShuffle; for a transposed convolution write BilinearUpsampling().");
        }

        ParamSpec rows = spec.Part(times);
        return Inner.Resolve(context with { Spec = rows }).Then(law => times == 1
            ? law
            : new RepeatedLaw(law, times, rows.Shape.Skip(1).Aggregate(1L, (product, size) => product * size)));
    }

    protected internal override Init Around(Init changed) => new RepeatedInit(changed, times, upscale);
}

/// <summary>Cutting the first dimension into equal parts.</summary>
internal static class Parts
{
    internal static Problem? WhyNot(Init init, Shape shape, long count, string what)
    {
        if (shape.Rank == 0)
        {
            return new($"{init} cuts the first dimension into {what}, and a scalar has none.", "Write Const(…) or Normal(std: …).");
        }

        return shape[0] % count == 0 ? null : new(
            $"{init} cuts the first dimension into {Numbers.Count(count)} {what}, and {Numbers.Count(shape[0])} is not divisible by {Numbers.Count(count)}.",
            "Give it a number that divides the first dimension, or keep the rule from matching this parameter.");
    }
}
