using System.Reflection;
using DiffSharp.Model;

namespace InitDsl;

/// <summary>
/// All models of a model in pre-order, the root first: each before the models in it, children in the order in which they
/// were added. A shared model comes once for every path that leads to it. No recursion: depth costs no stack.
/// </summary>
internal static class ModelWalk
{
    /// <summary>Deeper than any model that can be trained.</summary>
    internal const int DeepestPath = 10_000;

    /// <summary>Models shared by models that are shared in turn have exponentially many paths.</summary>
    internal const int MostPlaces = 1_000_000;

    /// <exception cref="InitException">A model contains itself, or there are too many levels or places.</exception>
    internal static IReadOnlyList<ModelPlace> From(ModelBase root)
    {
        var places = new List<ModelPlace>();
        var ancestors = new HashSet<ModelBase>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(ModelPlace Place, bool Leave)>();
        open.Push((new(ModuleNode.Root(root), root, false), false));
        while (open.TryPop(out (ModelPlace Place, bool Leave) next))
        {
            ModelPlace place = next.Place;
            if (next.Leave)
            {
                ancestors.Remove(place.Model);
                continue;
            }

            Check(place, ancestors, places.Count);
            places.Add(place);
            IReadOnlyList<ModelPlace> children = Children(place);
            if (children.Count > 0)
            {
                ancestors.Add(place.Model);
                open.Push((place, true));
                for (int i = children.Count - 1; i >= 0; i--)
                {
                    open.Push((children[i], false));
                }
            }
        }

        return places;
    }

    /// <summary>Whether a model is a Sequential that runs its children one after another, as a derived class need not.</summary>
    private static bool RunsInOrder(ModelBase model) =>
        model is Sequential
        && model.GetType().GetMethod(nameof(Sequential.forward), BindingFlags.Public | BindingFlags.Instance, [typeof(DiffSharp.Tensor)])
            ?.DeclaringType == typeof(Sequential);

    private static IReadOnlyList<ModelPlace> Children(ModelPlace place)
    {
        (string Name, ModelBase Model)[] children = [.. ChildModels.Of(place.Model).Where(child => !RecurrentStack.Holds(place.Model, child.Name, child.Model))];
        if (children.Length == 0)
        {
            return [];
        }

        string prefix = place.Path.Length == 0 ? "" : place.Path + ".";
        bool inOrder = RunsInOrder(place.Model);
        IReadOnlyList<ModuleNode> nodes = place.Node.With([.. children.Select(child => (prefix + child.Name, (object)child.Model))], inOrder);
        var places = new ModelPlace[children.Length];

        // From the back: what follows the last child is what follows the Sequential itself.
        bool norm = inOrder && place.NormFollows;
        for (int i = places.Length - 1; i >= 0; i--)
        {
            places[i] = new(nodes[i], children[i].Model, norm);
            norm = inOrder && (children[i].Model is BatchNorm1d or BatchNorm2d or BatchNorm3d
                || (norm && children[i].Model is Dropout or Dropout2d or Dropout3d));
        }

        return places;
    }

    private static void Check(ModelPlace place, HashSet<ModelBase> ancestors, int count)
    {
        string? why =
            ancestors.Contains(place.Model) ? "it is a model that it lies in, again: the model contains itself and has no end. "
                + "Add each model outside itself only."
            : ancestors.Count > DeepestPath ? $"models are nested more than {DeepestPath} levels deep. Build the model flatter."
            : count >= MostPlaces ? $"more than {MostPlaces} paths lead to models of this model, since models that share models are "
                + "shared themselves. Share fewer."
            : null;
        if (why is not null)
        {
            string path = place.Path.Length <= 200 ? place.Path : string.Concat(place.Path.AsSpan(0, 200), "…");
            throw new InitException(Findings.ModuleGraph(path, Code.TypeName(place.Model.GetType()), why));
        }
    }
}
