namespace InitDsl.Tests;

/// <summary>A module of any name with modules in it, and weights of its own: what a backend would walk.</summary>
internal class FakeTree
{
    internal string Name { get; init; } = "";

    /// <summary>Whether it runs its modules one after another.</summary>
    internal bool InOrder { get; init; }

    internal FakeTree[] Children { get; init; } = [];

    internal int Size { get; init; } = 4;

    internal string[] Parameters { get; init; } = [];

    internal LayerKind Kind { get; init; }

    internal Activation? Then { get; init; }

    internal bool NormThen { get; init; }

    internal static Block In(string name, params FakeTree[] children) => new() { Name = name, Children = children };

    internal static FakeTree Sequence(string name, params FakeTree[] children) => new() { Name = name, Children = children, InOrder = true };

    internal static Layer Linear(string name, int size = 4, Activation? then = null, bool norm = false, params string[] parameters) => new()
    {
        Name = name, Size = size, Kind = LayerKind.Linear, Then = then, NormThen = norm, Parameters = parameters.Length == 0 ? ["weight"] : parameters,
    };

    internal static Norm Normalization(string name) => new() { Name = name, Kind = LayerKind.Normalization, Parameters = ["weight", "bias"] };

    /// <summary>The model; a module that comes twice has its parameters under two names.</summary>
    internal TestModel Model()
    {
        var specs = new List<ParamSpec>();
        Walk(ModuleNode.Root(this), specs);
        return new([.. specs.GroupBy(spec => (spec.Node!.Module, spec.Name)).Select(names => new MemoryStore(names.First(), [.. names.Skip(1)]))]);
    }

    private static void Walk(ModuleNode node, List<ParamSpec> specs)
    {
        var tree = (FakeTree)node.Module;
        bool weighs = tree.Kind is LayerKind.Linear;
        specs.AddRange(tree.Parameters.Select(name => new ParamSpec
        {
            ModulePath = node.Path,
            Name = name,
            ModuleType = tree.GetType(),
            Node = node,
            Kind = tree.Kind,
            Role = name == "bias" ? ParamRole.Bias : name == "weight" ? ParamRole.Weight : ParamRole.Other,
            Shape = weighs && name == "weight" ? new(tree.Size, tree.Size) : new(tree.Size),
            LayerFans = weighs ? new(tree.Size, tree.Size) : null,
            TorchFans = weighs ? new(tree.Size, tree.Size) : null,
            FollowedBy = tree.Then,
            NormFollows = tree.NormThen,
        }));
        string prefix = node.Path.Length == 0 ? "" : node.Path + ".";
        foreach (ModuleNode child in node.With([.. tree.Children.Select(child => (prefix + child.Name, (object)child))], tree.InOrder))
        {
            Walk(child, specs);
        }
    }

    internal sealed class Block : FakeTree;

    internal sealed class Layer : FakeTree;

    internal sealed class Norm : FakeTree;
}
