using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>States what is known of each parameter of a module.</summary>
/// <param name="place">Where the module lies.</param>
/// <param name="shapes">The shapes of all parameters of the module, by the names it lists them by.</param>
internal sealed class ParameterDescription(ModulePlace place, NamedShapes shapes)
{
    private readonly bool opaque = OpaqueLayer.Is(place.Module);
    private readonly Layer own = Layer.Of(place.Module);

    internal ParamSpec Of(string qualifiedName, Parameter tensor, TensorLayout layout)
    {
        (string inner, string name) = opaque ? OpaqueLayer.Split(qualifiedName) : ("", qualifiedName);
        Layer layer = opaque ? OpaqueLayer.Of(inner, name) : own;
        ParamRole role = ParamRoles.Of(name);
        Shape shape = layout.Shape;
        Shape? weight = WeightBehind(inner, name, role, shape);
        return new()
        {
            ModulePath = inner.Length == 0 ? place.Path : DottedPath.Of(place.Path, inner),
            Name = name,
            ModuleType = place.Module.GetType(),
            InnerPath = opaque ? inner : null,
            Kind = layer.Kind,
            Role = role,
            Shape = shape,

            // What has no counterpart in the core is refused by its store, whatever stands here.
            DType = ElementTypes.Of(layout.Type) ?? DType.Float32,
            LayerFans = weight?.Rank >= layer.LeastRank ? layer.Axes?.Count(weight) : null,
            RowsAreInputs = layer.Axes is { RowsAreInputs: true },
            TorchFans = weight?.Rank >= 2 ? FanAxes.OutIn.Count(weight) : null,
            Blocks = layer.Blocks,
            Groups = layer.Groups,
            InTransformer = place.Module is Transformer,
            PaddingIndex = layer.Kind == LayerKind.Embedding && role == ParamRole.Weight ? DeferredEmbedding.PaddingRow(place.Module) ?? PaddingRow.Find(tensor) : null,
            PReLUInit = layer.PReLUInit,
            BilinearIn1 = layer.BilinearIn1,
            Node = place.Node,
            FollowedBy = HasGain(layer.Kind) ? place.Following.Activation : null,
            NormFollows = HasGain(layer.Kind) && place.Following.ThroughNorm,
            NeverInitialised = layer.NeverInitialised,
            Deferred = layout.Device == DeviceType.META && DeferredTensors.Find(tensor) is { } deferred && !deferred.Storage.IsPart(deferred),
            StartsLikeItsSiblings = opaque && OpaqueLayer.StartsLikeItsSiblings(place.Module, qualifiedName, shapes.Contains),
        };
    }

    private static bool HasGain(LayerKind kind) =>
        kind is LayerKind.Linear or LayerKind.Convolution or LayerKind.TransposedConvolution or LayerKind.Bilinear;

    /// <summary>The shape that the fans are counted from: its own, or a bias's weight's.</summary>
    private Shape? WeightBehind(string inner, string name, ParamRole role, Shape shape)
    {
        if (role != ParamRole.Bias || shape.Rank >= 2)
        {
            return shape;
        }

        string weight = ParamRoles.WeightFor(name);
        return shapes.Find(DottedPath.Of(inner, weight));
    }
}
