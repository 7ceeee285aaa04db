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
        var ancestors = new Dictionary<nn.Module, string>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Level>();
        Open(places[0], ancestors, open);
        while (open.TryPeek(out Level? level))
        {
            if (!level.MoveNext(out ModulePlace place))
            {
                ancestors.Remove(open.Pop().Module);
                continue;
            }

            Check(place, ancestors, open.Count, places.Count);
            places.Add(place);
            Open(place, ancestors, open);
        }

        return places;
    }

    /// <summary>Goes into a module, where there is something in it.</summary>
    private static void Open(ModulePlace place, Dictionary<nn.Module, string> ancestors, Stack<Level> open)
    {
        IReadOnlyList<(string Name, nn.Module Module)> children = ChildModules.Of(place.Module);
        if (children.Count > 0)
        {
            ancestors.Add(place.Module, place.Path);
            open.Push(new(place, children));
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
    private sealed class Level(ModulePlace place, IReadOnlyList<(string Name, nn.Module Module)> children)
    {
        private readonly IReadOnlyList<Following> following = FollowingActivation.OfChildren(place, children);
        private readonly IReadOnlyList<ModuleNode> nodes = Nodes(place, children);
        private int next;

        internal nn.Module Module => place.Module;

        internal bool MoveNext(out ModulePlace child)
        {
            if (next == children.Count)
            {
                child = default;
                return false;
            }

            child = new(nodes[next], children[next].Module, following[next]);
            next++;
            return true;
        }

        private static IReadOnlyList<ModuleNode> Nodes(
            ModulePlace place, IReadOnlyList<(string Name, nn.Module Module)> children)
        {
            var named = new (string Path, object Module)[children.Count];
            for (int i = 0; i < named.Length; i++)
            {
                named[i] = (DottedPath.Of(place.Path, RegisteredName.Plain(children[i].Name)), children[i].Module);
            }

            return place.Node.With(named, FollowingActivation.RunsInOrder(place.Module));
        }
    }
}
