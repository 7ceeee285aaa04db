namespace InitDsl;

/// <summary>States what is known of a parameter at one of its places.</summary>
internal static class ParameterDescription
{
    /// <param name="site">The place.</param>
    /// <param name="transposed">Whether the parameter's matrix lies as [in, out].</param>
    /// <param name="storedGates">The gates that the parameter stacks; empty where it stacks none.</param>
    internal static ParamSpec Of(ParameterSite site, bool transposed, IReadOnlyList<Gate> storedGates)
    {
        Layer layer = Layer.Of(site.Place.Model);
        Shape stored = TensorValues.ShapeOf(site.Parameter.value);
        bool weightTransposed = layer.Transposed && site.Weight?.Rank == 2;
        Shape? weight = transposed || weightTransposed ? Turned(site.Weight) : site.Weight;
        FanAxes? axes = layer.Axes is not null && weight?.Rank >= 2 ? AxesOf(layer, weight, transposed) : null;
        return new()
        {
            ModulePath = site.Place.Path,
            Name = site.Name,
            ModuleType = site.Place.Model.GetType(),
            Kind = layer.Kind,
            Role = ParameterName.RoleOf(site.Name),
            Shape = transposed ? Turned(stored)! : stored,
            Transposed = transposed,
            DType = ElementTypes.Of(site.Parameter.value.dtype),
            LayerFans = axes?.Count(weight!),
            RowsAreInputs = axes is { RowsAreInputs: true },
            TorchFans = weight?.Rank >= 2 ? FanAxes.OutIn.Count(weight) : null,
            Blocks = layer.Blocks,
            StoredGates = storedGates,
            Node = site.Place.Node,
            NormFollows = site.Place.NormFollows && layer.Kind is LayerKind.Linear or LayerKind.Convolution or LayerKind.TransposedConvolution,
        };
    }

    /// <summary>
    /// How a weight counts. In a model of the user's own a matrix counts as [in, out], as all of DiffSharp's and its
    /// <c>Weight.kaiming</c> do, and stays as it lies: what is done with it is code. Kernels count as [out, in, receptive field…].
    /// </summary>
    private static FanAxes AxesOf(Layer layer, Shape weight, bool transposed) =>
        layer.Kind == LayerKind.Other && weight.Rank == 2 && !transposed ? FanAxes.InOut : layer.Axes!;

    private static Shape? Turned(Shape? matrix) => matrix is null ? null : new(matrix[1], matrix[0]);
}
