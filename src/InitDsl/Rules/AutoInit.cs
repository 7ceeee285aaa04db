namespace InitDsl;

/// <summary>Chooses by the activation that follows the layer.</summary>
/// <param name="told">The activation, where the user names it.</param>
internal sealed class AutoInit(Activation? told = null) : Init
{
    /// <summary>Known only where the user names the activation; what is seen always fits.</summary>
    internal override double? EffectiveGain => told is null ? null : AutoChoice.For(told).EffectiveGain;

    internal override Activation? Intended => told;

    public override Init For(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return new AutoInit(activation);
    }

    internal override Term Term => told is null ? Term.Of(nameof(Dsl.Auto)) : Term.Of(nameof(Dsl.Auto)).Then(nameof(For), told);

    internal override Resolution Resolve(ResolutionContext context)
    {
        ParamSpec spec = context.Spec;
        return (spec.Kind, spec.Role) switch
        {
            (LayerKind.Embedding, _) => new Problem(
                $"{this} keeps the variance of a layer's inputs, and an embedding has none: it looks vectors up.",
                "Write Normal(std: …), or TorchDefault, which is Normal(0, 1)."),
            (_, ParamRole.Bias) when spec.Shape.Rank < 2 => new ConstantLaw(0),
            (LayerKind.Normalization, ParamRole.Weight) => new ConstantLaw(1),
            (LayerKind.PReLU, _) => new ConstantLaw(spec.PReLUInit),
            _ when spec.Shape.Rank < 2 || spec.LayerFans is null => new Problem(
                $"{this} needs a fan-in, and this parameter has none.", "Write its law out, as Ones or Normal(std: 0.02)."),
            _ => Chosen(spec, context),
        };
    }

    private Resolution Chosen(ParamSpec spec, ResolutionContext context)
    {
        AutoChoice choice =
            told is not null ? new(AutoChoice.For(told), $"{told.Name}, as told")
            : spec is { Kind: LayerKind.Recurrent, Whole.Blocks: > 1 } ? new(Dsl.Xavier, "gates")
            : new(AutoChoice.For(spec.FollowedBy), (spec.NormFollows, spec.FollowedBy?.Name) switch
            {
                (true, null) => "a norm",
                (true, string name) => $"a norm, {name}",
                (false, var name) => name,
            });
        return choice.Init.Resolve(context).By(choice);
    }
}
