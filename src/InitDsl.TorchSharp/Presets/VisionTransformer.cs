using TorchSharp.Modules;

namespace InitDsl;

/// <content>Vision transformers.</content>
public static partial class Presets
{
    /// <summary>
    /// ViT and DeiT as timm starts them (huggingface/pytorch-image-models, timm/models/vision_transformer.py,
    /// <c>VisionTransformer.init_weights</c>). In every mode position embeddings are N(0, 0.02²) cut at ±2 (nothing is),
    /// class and register tokens N(0, 10⁻¹²), norms 1 and 0. By module type; <c>pos_embed</c>, <c>cls_token</c>,
    /// <c>reg_token</c>, the head and what lies in <c>mlp</c> or is called <c>qkv</c> by timm's names.
    /// <list type="table">
    /// <item><term>Default</term><description>Linear layers N(0, 0.02²) cut at ±2, biases 0; patches: PyTorch's default.</description></item>
    /// <item><term>Jax</term><description>Linear layers Xavier uniform, biases 0, in <c>mlp</c> N(0, 10⁻¹²); head 0; patches LeCun, truncated, biases 0.</description></item>
    /// <item><term>JaxNlhb</term><description>The same, the head's bias −ln(classes).</description></item>
    /// <item><term>Moco</term><description>Linear layers Xavier uniform, biases 0; <c>qkv</c> U(±√(6/(rows/3 + columns))), each of
    /// its three parts as a matrix of its own; patches: PyTorch's default (MoCo v3 freezes them, timm does not).</description></item>
    /// </list>
    /// </summary>
    /// <param name="mode">Which; <see cref="VisionTransformerMode.Default"/> is timm's default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    /// <remarks>
    /// timm's <c>fix_init</c> is a rule after it: <c>Named("*.{attn.proj,mlp.fc2}").Weight(From(p =>
    /// TruncNormal(std: 0.02).Scale(1 / Math.Sqrt(2 * (p.Block + 1)))))</c>.
    /// </remarks>
    public static RuleSet VisionTransformer(VisionTransformerMode mode) => Preset(
        Dsl.When<LayerNorm>().Weight(Dsl.Ones).Bias(Dsl.Zeros)
        + Dsl.All.Param("pos_embed", Dsl.TruncNormal(std: 0.02)).Param("{cls,reg}_token", Dsl.Normal(std: 1e-6))
        + (mode switch
        {
            VisionTransformerMode.Default =>
                Dsl.When<Linear>().Weight(Dsl.TruncNormal(std: 0.02)).Bias(Dsl.Zeros)
                + TorchDefaultPatches(),
            VisionTransformerMode.Jax => Jax(Dsl.Zeros),
            VisionTransformerMode.JaxNlhb => Jax(Dsl.From(p => Dsl.Const(-Math.Log(p.Shape[0])))),
            VisionTransformerMode.Moco =>
                Dsl.When<Linear>().Weight(Dsl.XavierUniform).Bias(Dsl.Zeros)
                + (Dsl.When<Linear>() & Dsl.Named("*qkv*")).Weight(Dsl.XavierUniform.PerBlock(3))
                + TorchDefaultPatches(),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
        }),
        $"({nameof(VisionTransformerMode)}.{mode})");

    private static Rule TorchDefaultPatches() => Dsl.When<Conv2d>().Weight(Dsl.TorchDefault).Bias(Dsl.TorchDefault);

    private static RuleSet Jax(Init headBias) =>
        Dsl.When<Linear>().Weight(Dsl.XavierUniform).Bias(Dsl.Zeros)
        + (Dsl.When<Linear>() & Dsl.Named("*mlp*")).Bias(Dsl.Normal(std: 1e-6))
        + (Dsl.When<Linear>() & Dsl.Named("head*")).Weight(Dsl.Zeros).Bias(headBias)
        + Dsl.When<Conv2d>().Weight(Dsl.LeCunTruncated.WithFans(Fans.Torch)).Bias(Dsl.Zeros);
}
