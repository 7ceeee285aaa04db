namespace InitDsl;

/// <summary>
/// One place of a module in the tree of modules, stated by a backend. What <c>forward</c> does is code and cannot be
/// read: the tree shows who holds whom, in the order of registration, and no more.
/// </summary>
public sealed class ModuleNode
{
    private readonly ModuleNode[] siblings;
    private readonly int index;
    private readonly bool inOrder;

    private ModuleNode(string path, object module, ModuleNode? parent, ModuleNode[] siblings, int index, bool inOrder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(module);
        Path = path;
        Module = module;
        Parent = parent;
        Level = parent is null ? 0 : parent.Level + 1;
        this.siblings = siblings;
        this.index = index;
        this.inOrder = inOrder;
    }

    /// <summary>The dotted path in the model; empty for the root.</summary>
    public string Path { get; }

    /// <summary>The module object itself.</summary>
    public object Module { get; }

    /// <summary>The module's CLR type.</summary>
    public Type Type => Module.GetType();

    /// <summary>The module it is registered in; null for the root.</summary>
    public ModuleNode? Parent { get; }

    /// <summary>
    /// The module before it, whose output is its input, where the parent runs its modules one after another (a
    /// <c>Sequential</c>); null for the first, and where the order is not known.
    /// </summary>
    public ModuleNode? Previous => inOrder && index > 0 ? siblings[index - 1] : null;

    /// <summary>The module after it, in the same way.</summary>
    public ModuleNode? Next => inOrder && index + 1 < siblings.Length ? siblings[index + 1] : null;

    /// <summary>Whether no module of the same CLR type is registered in the parent before it.</summary>
    public bool FirstOfType => Array.FindIndex(siblings, 0, index, OfSameType) < 0;

    /// <summary>Whether no module of the same CLR type is registered in the parent after it.</summary>
    public bool LastOfType => Array.FindLastIndex(siblings, OfSameType) <= index;

    private int Level { get; }

    /// <summary>The root of a tree.</summary>
    /// <param name="root">The model.</param>
    public static ModuleNode Root(object root) => new("", root, null, [], 0, inOrder: false);

    /// <summary>Nodes for the modules registered in this one; this node does not change.</summary>
    /// <param name="children">Paths in the model and module objects, in the order of registration.</param>
    /// <param name="inOrder">Whether this module runs them one after another.</param>
    public IReadOnlyList<ModuleNode> With(IReadOnlyList<(string Path, object Module)> children, bool inOrder)
    {
        ArgumentNullException.ThrowIfNull(children);
        var nodes = new ModuleNode[children.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new(children[i].Path, children[i].Module, this, nodes, i, inOrder);
        }

        return nodes;
    }

    /// <summary>Path and type.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "the root" : Path)} ({Code.TypeName(Type)})";

    /// <summary>Whether the module lies in another, at whatever depth.</summary>
    internal bool IsBeneath(ModuleNode other)
    {
        ModuleNode? node = Parent;
        while (node is not null && !ReferenceEquals(node, other))
        {
            node = node.Parent;
        }

        return node is not null;
    }

    /// <summary>Which of two nodes of a tree comes first in pre-order.</summary>
    internal static int Compare(ModuleNode first, ModuleNode second)
    {
        (ModuleNode a, ModuleNode b) = (first, second);
        while (a.Level > b.Level)
        {
            a = a.Parent!;
        }

        while (b.Level > a.Level)
        {
            b = b.Parent!;
        }

        if (ReferenceEquals(a, b))
        {
            return first.Level.CompareTo(second.Level);
        }

        while (!ReferenceEquals(a.Parent, b.Parent))
        {
            (a, b) = (a.Parent!, b.Parent!);
        }

        return a.index.CompareTo(b.index);
    }

    private bool OfSameType(ModuleNode other) => other.Type == Type;
}

/// <summary>Questions about neighbours, which may not be there.</summary>
public static class ModuleNodes
{
    /// <summary>Whether there is a module here and it is of a CLR type, subclasses included: <c>p.Next.Is&lt;BatchNorm2d&gt;()</c>.</summary>
    /// <param name="node">A parent, previous or next module; may be null.</param>
    /// <typeparam name="T">A module type.</typeparam>
    public static bool Is<T>(this ModuleNode? node) => node?.Module is T;
}
