using TorchSharp.Modules;

namespace InitDsl;

/// <content>Networks of convolutions.</content>
public static partial class Presets
{
    /// <summary>
    /// The last norm of a residual branch: of its type the last of several in its block. The norm of a stem is the only
    /// one of its module, and a shortcut's stands in a <c>Sequential</c>.
    /// </summary>
    private static Selector LastNormOfBranch => Dsl.When<NormBase>()
        & Dsl.Where(p => p is { FirstOfType: false, LastOfType: true, Parent.Parent: not null } && !p.Parent.Is<Sequential>());

    /// <summary>
    /// ResNet as timm starts it (huggingface/pytorch-image-models, timm/models/resnet.py, <c>ResNet.init_weights</c> with
    /// <c>zero_init_last</c>, its default): convolutions N(0, 2/fan-out), norms 1 and 0, the last norm of each residual
    /// branch 0 (Goyal et al. 2017), the classifier PyTorch's default. By module type; the last norm by its place: of
    /// its type the last of several in a module that is neither the root nor a <c>Sequential</c>.
    /// </summary>
    /// <remarks>
    /// Fan-outs are PyTorch's, as in the source, which differ for grouped convolutions (ResNeXt). Where your blocks are
    /// built otherwise, say which norm ends them: <c>+ When&lt;BatchNorm2d&gt;().LastIn&lt;Block&gt;().Weight(Zeros)</c>.
    /// </remarks>
    public static RuleSet ResNet { get; } = Preset(ResNetWithOnes() + LastNormOfBranch.Weight(Dsl.Zeros));

    /// <summary>
    /// ResNet as torchvision starts it (pytorch/vision, torchvision/models/resnet.py, <c>ResNet.__init__</c> with
    /// <c>zero_init_residual=False</c>, its default): <see cref="ResNet"/>, but every norm is 1 and 0.
    /// </summary>
    public static RuleSet ResNetTorchvision { get; } = Preset(ResNetWithOnes());

    /// <summary>
    /// EfficientNet, MobileNetV3, MnasNet as timm starts them (huggingface/pytorch-image-models,
    /// timm/models/_efficientnet_builder.py, <c>_init_weight_goog</c> with <c>fix_group_fanout</c>, its default; after
    /// tensorflow/tpu): convolutions N(0, 2/(k²·out/groups)), the classifier U(±1/√fan-out), biases 0, norms 1 and 0. By
    /// module type.
    /// </summary>
    /// <remarks>The routing layers and mixtures of CondConv, which the source treats apart, are not: TorchSharp has no such layer.</remarks>
    public static RuleSet EfficientNet { get; } = Preset(
        Dsl.When<Conv2d>().Weight(Dsl.Kaiming.FanOut()).Bias(Dsl.Zeros)
        + Dsl.When<Linear>().Weight(Dsl.VarianceScaling(1.0 / 3, FanMode.FanOut, Distribution.Uniform)).Bias(Dsl.Zeros)
        + Dsl.When<BatchNorm2d>().Weight(Dsl.Ones).Bias(Dsl.Zeros));

    /// <summary>
    /// DCGAN (pytorch/examples, dcgan/main.py, <c>weights_init</c>; Radford, Metz, Chintala 2015): convolutions,
    /// transposed ones too, N(0, 0.02²), batch norms N(1, 0.02²) and 0. By module type. Biases of convolutions, which
    /// DCGAN has none of, keep PyTorch's default, as they do in the source.
    /// </summary>
    public static RuleSet Dcgan { get; } = Preset(
        Dsl.When<Convolution>().Weight(Dsl.Normal(std: 0.02)).Bias(Dsl.TorchDefault)
        + Dsl.When<BatchNorm>().Weight(Dsl.Normal(1, 0.02)).Bias(Dsl.Zeros));

    /// <summary>
    /// ConvNeXt (facebookresearch/ConvNeXt, models/convnext.py, <c>ConvNeXt._init_weights</c>): convolutions and linear
    /// layers N(0, 0.02²) cut at ±2, as timm's <c>trunc_normal_</c> does (a hundred deviations: nothing is cut); biases 0,
    /// norms 1 and 0, layer scales (<c>gamma</c>) 10⁻⁶. By module type; <c>gamma</c> by its name, and the norm over
    /// channels, a module of your own, as one that has a weight and a bias of one dimension.
    /// </summary>
    /// <remarks><c>head_init_scale</c> is 1, its default; for another write <c>+ Named("head").Weight(…)</c>.</remarks>
    public static RuleSet ConvNeXt { get; } = Preset(
        Dsl.When<Conv2d, Linear>().Weight(Dsl.TruncNormal(std: 0.02)).Bias(Dsl.Zeros)
        + (Norms | OwnNorms).Weight(Dsl.Ones).Bias(Dsl.Zeros)
        + Dsl.All.Param("gamma", Dsl.Const(1e-6)));

    private static RuleSet ResNetWithOnes() =>
        Dsl.When<Conv2d>().Weight(Dsl.Kaiming.FanOut().WithFans(Fans.Torch)).Bias(Dsl.TorchDefault)
        + Norms.Weight(Dsl.Ones).Bias(Dsl.Zeros)
        + Dsl.When<Linear>().Weight(Dsl.TorchDefault).Bias(Dsl.TorchDefault);
}
