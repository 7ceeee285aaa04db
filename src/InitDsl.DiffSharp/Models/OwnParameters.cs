using DiffSharp.Model;

namespace InitDsl;

/// <summary>
/// The parameters that were added to a model itself. <c>model.parameters</c> lists those of all models in it too, renamed;
/// what it renames has the mark <c>__</c>, which it refuses in names that people give.
/// </summary>
internal static class OwnParameters
{
    private const string Renamed = "__";

    internal static IReadOnlyList<(string Name, Parameter Parameter)> Of(ModelBase model)
    {
        var own = new List<(string Name, Parameter Parameter)>();
        foreach ((string name, ModelBase child) in ChildModels.Of(model))
        {
            if (RecurrentStack.Suffix(model, name, child) is { } suffix)
            {
                own.AddRange(Of(child).Select(cell => (cell.Name + suffix, cell.Parameter)));
            }
        }

        (string Registered, Parameter Parameter)[] added =
            [.. model.parameters.Where(entry => !entry.Item1.Contains(Renamed, StringComparison.Ordinal)).Select(entry => (entry.Item1, entry.Item2))];
        string[] names = ParameterName.Plain(model.GetType(), [.. added.Select(entry => entry.Registered)]);
        for (int i = 0; i < added.Length; i++)
        {
            if (!IsPlaceholder(model, added[i].Registered, added[i].Parameter))
            {
                own.Add((names[i], added[i].Parameter));
            }
        }

        return own;
    }

    /// <summary>
    /// What stands in a layer for a parameter that it was built without: no elements for a bias, a scalar for the weight
    /// and bias of a normalization. Only what DiffSharp's own type registers, not what a class derived from it adds.
    /// </summary>
    private static bool IsPlaceholder(ModelBase model, string registered, Parameter parameter)
    {
        string layer = LayerType(model.GetType()).Name;
        return Layer.Of(model).Kind switch
        {
            LayerKind.Other => false,
            LayerKind.Normalization => parameter.value.dim == 0 && (registered == layer + "-weight" || registered == layer + "-bias"),
            _ => parameter.value.nelement == 0 && registered == layer + "-bias",
        };
    }

    /// <summary>DiffSharp's own type among those that a model's is derived from.</summary>
    private static Type LayerType(Type model) => model.Assembly == typeof(ModelBase).Assembly ? model : LayerType(model.BaseType!);
}
