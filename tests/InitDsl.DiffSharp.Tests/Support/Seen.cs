namespace InitDsl.Tests;

/// <summary>A model as a plan sees it.</summary>
internal static class Seen
{
    internal static Dictionary<string, ParamSpec> Specs(ModelBase model) =>
        new DiffSharpModel(model).Stores.ToDictionary(store => store.Spec.Path, store => store.Spec);

    internal static IEnumerable<string> Paths(ModelBase model) => new DiffSharpModel(model).Stores.Select(store => store.Spec.Path);

    /// <summary>A parameter's values in row-major order of its memory.</summary>
    internal static double[] Values(Tensor tensor) => [.. TensorValues.Flat(tensor.primalRaw).Cast<object>().Select(Convert.ToDouble)];

    /// <summary>The values of all parameters, by the names that DiffSharp lists them under.</summary>
    internal static double[] Values(ModelBase model) => [.. model.parameters.SelectMany(entry => Values(entry.Item2.value))];

    /// <summary>Row-major values of a matrix as those of its transpose.</summary>
    internal static T[] Turn<T>(T[] values, long rows, long columns) =>
        [.. Enumerable.Range(0, values.Length).Select(i => values[((i % rows) * columns) + (i / rows)])];
}
