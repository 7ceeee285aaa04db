using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Runtime.CompilerServices;
using DiffSharp.Model;

namespace InitDsl;

/// <summary>The models directly inside a model, by the names that they were added under.</summary>
internal static class ChildModels
{
    private const string Unnamed = "Model-";

    /// <summary>
    /// The children in the order in which they were added. DiffSharp gives those without a name a random one: here they have
    /// their index, as the items of a <c>Sequential</c> do.
    /// </summary>
    internal static IReadOnlyList<(string Name, ModelBase Model)> Of(ModelBase model)
    {
        OrderedDictionary added = Added(model);
        var children = new (string Name, ModelBase Model)[added.Count];
        int index = 0;
        foreach (DictionaryEntry child in added)
        {
            string name = (string)child.Key;
            children[index] = (IsRandom(name) ? index.ToString(CultureInfo.InvariantCulture) : name, (ModelBase)child.Value!);
            index++;
        }

        return children;
    }

    private static bool IsRandom(string name) =>
        name.StartsWith(Unnamed, StringComparison.Ordinal) && Guid.TryParseExact(name.AsSpan(Unnamed.Length), "D", out _);

    /// <summary><c>model.children</c> lists the models and not their names, which nothing public tells.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "modelDict")]
    private static extern ref OrderedDictionary Added(ModelBase model);
}
