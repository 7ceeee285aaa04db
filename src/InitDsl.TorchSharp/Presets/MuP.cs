namespace InitDsl;

/// <content>muP.</content>
public static partial class Presets
{
    /// <summary>
    /// PyTorch's defaults in the maximal update parametrization (microsoft/mup, mup/shape.py, <c>set_base_shapes</c> with
    /// <c>rescale_params</c>, its default; Yang et al. 2022): <see cref="TorchDefault"/>, with biases of linear layers
    /// and convolutions times √m, and weights and biases of output layers times √m, m the multiplier of the layer's fan-in
    /// over the base model's. So both keep the law of the base model, however wide the model; matrices from width to
    /// width have PyTorch's 1/√fan-in already. With the base model itself it is PyTorch's default. By module type; an
    /// output layer is a linear layer from a width to a fixed size, which mup wants to be a <c>MuReadout</c>.
    /// </summary>
    /// <param name="widths">
    /// The base widths: <c>BaseWidths.Of(narrowModel)</c>. What the base model lacks, under this model's paths, is an error that
    /// names all of it.
    /// </param>
    /// <remarks>
    /// Initialization is one part of muP. What <c>MuReadout</c> does besides, dividing its input by m, belongs into the
    /// model's <c>forward</c>, attention's 1/d instead of 1/√d too, and learning rates into the optimizer. For laws of a
    /// fixed deviation, as GPT-2's 0.02, write <see cref="BaseWidths.FixedStd"/>. A table that an embedding shares with
    /// the output layer starts as an embedding does; mup multiplies it by √m.
    /// </remarks>
    public static RuleSet MuP(BaseWidths widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        return Preset(
            TorchLayers.Param("*", Dsl.From(p => Factor(p, widths) is var factor && factor == 1
                ? Dsl.TorchDefault
                : Dsl.TorchDefault.Scale(factor))),
            "(…)");
    }

    private static double Factor(ParamSpec p, BaseWidths widths)
    {
        // Asked of all, also where nothing depends on it: a base model of other names is told with every parameter.
        widths.Require(p);
        return (p.Kind, p.Role) switch
        {
            (LayerKind.Linear, ParamRole.Weight) => widths.IsReadout(p) ? Math.Sqrt(widths.FanInMultiplier(p)) : 1,
            (LayerKind.Linear or LayerKind.Convolution or LayerKind.TransposedConvolution, ParamRole.Bias) =>
                Math.Sqrt(widths.FanInMultiplier(p)),
            _ => 1,
        };
    }
}
