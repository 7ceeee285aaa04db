namespace InitDsl;

/// <summary>What hints about a model are made of, found once: many rules may need one.</summary>
internal sealed class ModelNames(ModelParameters model)
{
    private readonly Lazy<ParamSpec[]> sites = new(() => [.. model.Stores.SelectMany(store => store.Specs)]);
    private readonly Lazy<ModuleNode[]> containers = new(() => ContainersOf(model));
    private string[]? paths;
    private string[]? types;

    /// <summary>All parameters, under all their names.</summary>
    internal IReadOnlyList<ParamSpec> Sites => sites.Value;

    /// <summary>Why nothing can match a model without parameters.</summary>
    internal string NoParameters => Findings.NoParameters(model.ShowsParameters);

    /// <summary>The paths of the modules that have parameters, once each.</summary>
    internal IReadOnlyList<string> ModulePaths => paths ??= [.. Sites.Select(spec => spec.OwnerPath).Distinct()];

    /// <summary>The modules that have no parameters, but hold modules that have, in the order of the model.</summary>
    internal IReadOnlyList<ModuleNode> Containers => containers.Value;

    /// <summary>The types of the modules that have parameters, as they are written in code.</summary>
    internal IReadOnlyList<string> ModuleTypes =>
        types ??= [.. Sites.Select(spec => spec.ModuleType).OfType<Type>().Distinct().Select(Code.TypeName).Distinct()];

    private static ModuleNode[] ContainersOf(ModelParameters model)
    {
        ModuleNode[] owners = [.. model.Stores.SelectMany(store => store.Specs).Select(spec => spec.Node).OfType<ModuleNode>().Distinct()];
        HashSet<ModuleNode> around = [];
        foreach (ModuleNode owner in owners)
        {
            for (ModuleNode? node = owner.Parent; node is not null && around.Add(node); node = node.Parent)
            {
            }
        }

        return [.. around.Except(owners).Order(Comparer<ModuleNode>.Create(ModuleNode.Compare))];
    }
}
