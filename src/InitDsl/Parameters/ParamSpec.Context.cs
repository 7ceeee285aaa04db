using System.Globalization;

namespace InitDsl;

/// <content>Where the layer stands: around it, among numbered blocks, and among the layers of a rule.</content>
public sealed partial class ParamSpec
{
    private BlockCounts? blocks;
    private RuleLayers? layers;

    /// <summary>
    /// The module's place in the tree of modules; null for a tensor on its own. Inside a module that shows no children
    /// it is that module's.
    /// </summary>
    public ModuleNode? Node { get; init; }

    /// <summary>The module that the parameter's module is registered in; null for the root's own.</summary>
    public ModuleNode? Parent => Node?.Parent;

    /// <summary>The module before it in a <c>Sequential</c>; null for the first, and where the order is not known.</summary>
    public ModuleNode? Previous => Node?.Previous;

    /// <summary>The module after it in a <c>Sequential</c>; null for the last, and where the order is not known.</summary>
    public ModuleNode? Next => Node?.Next;

    /// <summary>
    /// Whether it is the first module of its CLR type among those registered in its parent, in the order of
    /// registration (that of the fields, with <c>RegisterComponents()</c>).
    /// </summary>
    public bool FirstOfType => Node?.FirstOfType ?? true;

    /// <summary>
    /// Whether it is the last module of its CLR type among those registered in its parent. Modules deeper down do not
    /// count: the norm of a shortcut that is a <c>Sequential</c> of its own is the last of that, not of the block.
    /// </summary>
    public bool LastOfType => Node?.LastOfType ?? true;

    /// <summary>Whether the layer lies in a numbered module, as <c>h.3.attn.c_proj</c> does.</summary>
    public bool HasBlock => BlockSegment() is not null;

    /// <summary>
    /// The number of the innermost numbered module around the layer: 3 for <c>h.3.attn.c_proj</c> and for
    /// <c>h.3.mlp.0</c>, whose own number is not one of a block. A parameter of a module of your own, which is no layer
    /// that the library knows, counts that module too: 3 for <c>gamma</c> of <c>blocks.3</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is none; <see cref="HasBlock"/> tells.</exception>
    public int Block => int.Parse(BlockText(out _), CultureInfo.InvariantCulture);

    /// <summary>
    /// How many numbered modules with parameters stand beside that block, itself included: 12 in GPT-2 small.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// There is no block, or this is not asked while a plan is compiled, in <c>Where</c> or <c>From</c>.
    /// </exception>
    public int BlockCount
    {
        get
        {
            BlockText(out string before);
            return (blocks ?? throw new InvalidOperationException("BlockCount is known while a plan is compiled, in Where and From.")).Beside(before);
        }
    }

    /// <summary>
    /// The index of the layer, from 0, among the layers that the rule selects, in the order of the model: every module
    /// in which the rule's selector and one of its words (<c>.Weight</c>, …) meet a parameter, also where a later rule
    /// wins. A module registered in two places counts once, at the first.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not <c>From</c>: the index depends on the rule.</exception>
    public int Depth => Layers(nameof(Depth)).Of(this).Depth;

    /// <summary>How many layers the rule selects; <see cref="Depth"/> counts them.</summary>
    /// <exception cref="InvalidOperationException">This is not <c>From</c>: the count depends on the rule.</exception>
    public int LayerCount => Layers(nameof(LayerCount)).Count;

    /// <summary>
    /// The index of the layer's branch, from 0: the layers that the rule selects and that are registered in the same
    /// module are a branch, as the convolutions of a residual block, or the projections of an attention.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not <c>From</c>: branches depend on the rule.</exception>
    public int Branch => Layers(nameof(Branch)).Of(this).Branch;

    /// <summary>How many branches the layers that the rule selects form: Fixup's L.</summary>
    /// <exception cref="InvalidOperationException">This is not <c>From</c>: branches depend on the rule.</exception>
    public int BranchCount => Layers(nameof(BranchCount)).BranchCount;

    /// <summary>The index of the layer in its branch, from 0.</summary>
    /// <exception cref="InvalidOperationException">This is not <c>From</c>: branches depend on the rule.</exception>
    public int BranchDepth => Layers(nameof(BranchDepth)).Of(this).BranchDepth;

    /// <summary>How many layers the branch has: Fixup's m.</summary>
    /// <exception cref="InvalidOperationException">This is not <c>From</c>: branches depend on the rule.</exception>
    public int BranchLayers => Layers(nameof(BranchLayers)).Of(this).BranchLayers;

    /// <summary>The path of the module that holds the layer, inside opaque modules too; null for the root's own parameters.</summary>
    internal string? ParentPath =>
        ModulePath.Length == 0 ? null
        : !string.IsNullOrEmpty(InnerPath) || Parent is null ? ModulePath[..Math.Max(0, ModulePath.LastIndexOf('.'))]
        : Parent.Path;

    /// <summary>A parameter that a module might have, for asking whether a selector selects the module.</summary>
    internal static ParamSpec OwnOf(ModuleNode node) =>
        new() { ModulePath = node.Path, Name = "*", ModuleType = node.Type, Node = node, Role = ParamRole.Other, Shape = new() };

    /// <summary>The same parameter, told what else the model has.</summary>
    internal ParamSpec Among(BlockCounts counts)
    {
        var copy = (ParamSpec)MemberwiseClone();
        copy.blocks = counts;
        return copy;
    }

    /// <summary>The same parameter as one of those that a rule selects.</summary>
    internal ParamSpec Among(RuleLayers selected)
    {
        ParamSpec copy = Among(selected.Blocks);
        copy.layers = selected;
        return copy;
    }

    private RuleLayers Layers(string member) =>
        layers ?? throw new InvalidOperationException(
            $"{member} counts the layers that a rule selects: it is known in .Weight(From(p => …)) and the like, not where they are still being selected. "
            + "A selector may ask for p.Block and p.BlockCount.");

    private string BlockText(out string before)
    {
        if (BlockSegment() is not var (start, end))
        {
            throw new InvalidOperationException($"{this} lies in no numbered module; HasBlock tells.");
        }

        before = ModulePath[..start];
        return ModulePath[start..end];
    }

    /// <summary>Where the number stands in <see cref="ModulePath"/>.</summary>
    private (int Start, int End)? BlockSegment()
    {
        int end = Kind == LayerKind.Other ? ModulePath.Length : ModulePath.LastIndexOf('.');
        while (end > 0)
        {
            int start = ModulePath.LastIndexOf('.', end - 1) + 1;
            if (BlockCounts.IsNumber(ModulePath.AsSpan(start, end - start)))
            {
                return (start, end);
            }

            end = start - 1;
        }

        return null;
    }
}
