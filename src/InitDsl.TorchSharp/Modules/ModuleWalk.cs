using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// All modules of a model in pre-order, the root first: each before the modules in it, children in the order of
/// their registration. A shared module comes once for every path that leads to it.
/// </summary>
/// <remarks>
/// A walk of its own, since <c>named_modules()</c> leaves out the root, is not in pre-order, does not end on a cycle
/// and takes time quadratic in the depth. No recursion: depth costs no stack.
/// </remarks>
internal static class ModuleWalk
{
    /// <summary>Deeper than any model that can be trained: paths of this depth take megabytes each.</summary>
    internal const int DeepestPath = 10_000;

    /// <summary>Modules shared by modules that are shared in turn have exponentially many paths.</summary>
    internal const int MostPlaces = 1_000_000;

    /// <exception cref="InitException">A module contains itself, or there are too many levels or places.</exception>
    internal static IReadOnlyList<ModulePlace> From(nn.Module root)
    {
        var places = new List<ModulePlace> { new(ModuleNode.Root(root), root, default) };
        var ancestors = new Dictionary<nn.Module, string>(ReferenceEqualityComparer.Instance) { [root] = "" };
        var open = new Stack<Level>();
        open.Push(new(root, Children(places[0]).GetEnumerator()));
        while (open.TryPeek(out Level? level))
        {
            if (!level.Children.MoveNext())
            {
                ancestors.Remove(open.Pop().Module);
                continue;
            }

            ModulePlace place = level.Children.Current;
            Check(place, ancestors, open.Count, places.Count);
            places.Add(place);
            ancestors.Add(place.Module, place.Path);
            open.Push(new(place.Module, Children(place).GetEnumerator()));
        }

        return places;
    }

    private static IEnumerable<ModulePlace> Children(ModulePlace parent)
    {
        IReadOnlyList<(string Name, nn.Module Module)> children = ChildModules.Of(parent.Module);
        if (children.Count == 0)
        {
            yield break;
        }

        IReadOnlyList<Following> following = FollowingActivation.OfChildren(parent, children);
        string prefix = parent.Path.Length == 0 ? "" : parent.Path + ".";
        IReadOnlyList<ModuleNode> nodes = parent.Node.With(
            [.. children.Select(child => (prefix + RegisteredName.Plain(child.Name), (object)child.Module))],
            FollowingActivation.RunsInOrder(parent.Module));
        for (int i = 0; i < children.Count; i++)
        {
            yield return new(nodes[i], children[i].Module, following[i]);
        }
    }

    private static void Check(ModulePlace place, Dictionary<nn.Module, string> ancestors, int depth, int count)
    {
        string? why = null;
        if (ancestors.TryGetValue(place.Module, out string? itself))
        {
            why = $"it is the module it lies in, {(itself.Length == 0 ? "the root" : itself)}, again: the model contains "
                + "itself and has no end. Register each module outside itself only.";
        }
        else if (depth > DeepestPath)
        {
            why = $"modules are nested more than {DeepestPath} levels deep. Build the model flatter.";
        }
        else if (count >= MostPlaces)
        {
            why = $"more than {MostPlaces} paths lead to modules of this model, since modules that share modules are "
                + "shared themselves. Share fewer.";
        }

        if (why is not null)
        {
            string path = place.Path.Length <= 200 ? place.Path : string.Concat(place.Path.AsSpan(0, 200), "…");
            throw new InitException(Findings.ModuleGraph(path, Code.TypeName(place.Module.GetType()), why));
        }
    }

    /// <summary>A module whose children are being visited.</summary>
    private sealed record Level(nn.Module Module, IEnumerator<ModulePlace> Children);
}
