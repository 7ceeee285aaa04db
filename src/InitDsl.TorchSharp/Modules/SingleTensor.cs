using static TorchSharp.torch;

namespace InitDsl;

/// <summary>A tensor on its own, as a model of one nameless parameter.</summary>
internal sealed class SingleTensor : ModelParameters
{
    internal SingleTensor(Tensor tensor)
    {
        TensorLayout layout = TensorLayout.Of(tensor);

        // Nothing says what its axes are: [out, in, receptive field…] is PyTorch's convention.
        FanCount? fans = layout.Shape.Rank >= 2 ? FanAxes.OutIn.Count(layout.Shape) : null;
        var spec = new ParamSpec
        {
            ModulePath = "",
            Name = "",
            Role = ParamRole.Weight,
            Shape = layout.Shape,
            DType = ElementTypes.Of(tensor.dtype) ?? DType.Float32,
            LayerFans = fans,
            TorchFans = fans,
        };
        string? refusal = MemoryRange.Of(tensor, layout).OverlapsItself ? Refusals.OverlapsItself(layout) : null;
        Stores = [new TorchParameterStore(spec, tensor, layout, refusal)];
    }

    /// <inheritdoc/>
    public override string Name => "Tensor";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterStore> Stores { get; }

    /// <inheritdoc/>
    public override (Shape Shape, double[] Values)? ReadValues(object source) => TensorValues.Read(source);

    /// <inheritdoc/>
    public override TorchGenerator? StartTorchGenerator(long seed) => new TorchSharpGenerator(seed);
}
