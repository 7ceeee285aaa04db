namespace InitDsl;

/// <summary>
/// What PyTorch's own constructor gives each layer (torch/nn/modules), made right where TorchSharp differs:
/// GroupNorm gets its ones and zeros, and the layers of an encoder do not start alike.
/// </summary>
internal sealed class TorchDefaultInit : Init
{
    private static readonly Term Written = Term.Of(nameof(Dsl.TorchDefault));

    /// <summary>Linear and convolutions call <c>kaiming_uniform_(a=√5)</c>, which is U(±1/√fan-in).</summary>
    private static readonly Init FanInUniform =
        new VarianceScalingInit(
            Written, Math.Sqrt(2.0 / (1 + (Math.Sqrt(5) * Math.Sqrt(5)))), FanMode.FanIn, Distribution.Uniform, Fans.Torch);

    private static readonly Init XavierUniform =
        new VarianceScalingInit(Written, 1, FanMode.FanAverage, Distribution.Uniform, Fans.Torch);

    private static readonly Init XavierNormal =
        new VarianceScalingInit(Written, 1, FanMode.FanAverage, Distribution.Normal, Fans.Torch);

    internal override Term Term => Written;

    internal override Resolution Resolve(ResolutionContext context)
    {
        ParamSpec spec = context.Spec;
        if (spec.InTransformer && spec.Shape.Rank > 1)
        {
            return XavierUniform.Resolve(context);
        }

        return (spec.Kind, spec.Role) switch
        {
            (LayerKind.Linear or LayerKind.Convolution or LayerKind.TransposedConvolution, ParamRole.Weight)
                or (LayerKind.AttentionOutput, ParamRole.Weight) => FanInUniform.Resolve(context),
            (LayerKind.Linear or LayerKind.Convolution or LayerKind.TransposedConvolution, ParamRole.Bias) =>
                spec.TorchFans is { In: > 0 } fans
                    ? ((Resolution)PlusMinus(1 / Math.Sqrt(fans.In))).From(fans)
                    : Unknown(spec),
            (LayerKind.AttentionOutput, ParamRole.Bias) => new ConstantLaw(0),
            (LayerKind.Bilinear, _) => Bilinear(spec),
            (LayerKind.Embedding, _) => Embedding(spec),
            (LayerKind.Normalization, ParamRole.Weight) => new ConstantLaw(1),
            (LayerKind.Normalization, ParamRole.Bias) => new ConstantLaw(0),
            (LayerKind.PReLU, _) => new ConstantLaw(spec.PReLUInit),
            (LayerKind.Recurrent, _) when spec.Shape.Elements == 0 => new ConstantLaw(0),
            (LayerKind.Recurrent, _) => PlusMinus(1 / Math.Sqrt((double)spec.Whole.Shape[0] / spec.Whole.Blocks)),
            (LayerKind.Attention, ParamRole.Weight) => XavierUniform.Resolve(context),
            (LayerKind.Attention, ParamRole.Bias) =>
                spec.Shape.Rank > 1 ? XavierNormal.Resolve(context) : new ConstantLaw(0),
            _ => Unknown(spec),
        };
    }

    private static UniformLaw PlusMinus(double bound) => new(-bound, bound);

    /// <summary>Both weight and bias are U(±1/√in1): the weight is [out, in1, in2].</summary>
    private static Resolution Bilinear(ParamSpec spec) =>
        spec.BilinearIn1 is > 0 and long in1 ? PlusMinus(1 / Math.Sqrt(in1)) : Unknown(spec);

    private static Law Embedding(ParamSpec spec)
    {
        var table = new NormalLaw(0, 1);
        return spec.PaddingIndex is { } row ? new PaddedLaw(table, spec.Shape, row) : table;
    }

    private static Problem Unknown(ParamSpec spec) =>
        new(
            spec.ModuleType is null
                ? "a tensor on its own has no default."
                : $"PyTorch has no default for {spec.QualifiedName} of {Code.TypeName(spec.ModuleType)}.",
            "Write its law out, as Normal(std: 0.02).");
}
