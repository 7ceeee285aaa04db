namespace InitDsl;

/// <summary>The layers that one rule selects, counted when they are first asked for.</summary>
/// <param name="blocks">The numbered modules of the model.</param>
/// <param name="selected">The parameters that the rule selects, in the order of the model.</param>
internal sealed class RuleLayers(BlockCounts blocks, Func<IEnumerable<ParamSpec>> selected)
{
    private readonly Lazy<Dictionary<(object?, string), Place>> places = new(() => Number(selected()));

    internal BlockCounts Blocks => blocks;

    internal int Count => places.Value.Count;

    internal int BranchCount => places.Value.Values.Max(place => place.Branch) + 1;

    internal Place Of(ParamSpec spec) => places.Value[Key(spec)];

    private static Dictionary<(object?, string), Place> Number(IEnumerable<ParamSpec> specs)
    {
        var seen = new HashSet<(object?, string)>();
        ParamSpec[] layers = [.. specs.Where(spec => seen.Add(Key(spec)))];

        // Groups come in the order of their first layers. The root's own parameters have no parent.
        var branches = layers.GroupBy(spec => (spec.ParentPath is null, spec.ParentPath)).Select((group, index) => (Layers: group.ToArray(), index));
        Dictionary<(object?, string), Place> within = branches
            .SelectMany(branch => branch.Layers.Select((spec, at) => (Key(spec), Place: new Place(0, branch.index, at, branch.Layers.Length))))
            .ToDictionary();
        return layers.Select((spec, depth) => (Key(spec), within[Key(spec)] with { Depth = depth })).ToDictionary();
    }

    /// <summary>A module that is registered twice is one; inside an opaque module each path is a layer.</summary>
    private static (object? Module, string Path) Key(ParamSpec spec) =>
        spec.Node is { } node ? (node.Module, spec.InnerPath ?? "") : (null, spec.ModulePath);

    internal readonly record struct Place(int Depth, int Branch, int BranchDepth, int BranchLayers);
}
