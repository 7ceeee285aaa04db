using System.Runtime.CompilerServices;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The modules directly inside a module. <c>named_children()</c> is not enough: a ModuleList or ModuleDict has none
/// before it is registered in another module, and a class derived from <c>Sequential</c> hides its own fields.
/// </summary>
/// <remarks>
/// What is added to a ModuleList after it was registered stays invisible, here as in TorchSharp; so do modules in
/// ordinary collections.
/// </remarks>
internal static class ChildModules
{
    internal static IReadOnlyList<(string Name, nn.Module Module)> Of(nn.Module module)
    {
        ModuleKind kind = ModuleKind.Of(module);
        OrderedDict<string, nn.Module> registered = Registered(module);
        IReadOnlyList<(string Name, nn.Module Module)> children = kind.OwnChildren ? Joined(module, registered)
            : registered.Count == 0 ? []
            : [.. registered];
        return children.Count == 0 && kind.Items is { } items ? [.. items(module)] : children;
    }

    /// <summary>What the module lists, then what is registered in it beside.</summary>
    private static List<(string Name, nn.Module Module)> Joined(nn.Module module, OrderedDict<string, nn.Module> registered)
    {
        List<(string Name, nn.Module Module)> children = [.. module.named_children()];
        if (registered.Count == 0)
        {
            return children;
        }

        HashSet<nn.Module> known = new(children.Select(child => child.Module), ReferenceEqualityComparer.Instance);
        foreach ((string name, nn.Module child) in registered)
        {
            if (known.Add(child))
            {
                children.Add((name, child));
            }
        }

        return children;
    }

    /// <summary>TorchSharp shows this dictionary to derived modules only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internal_submodules")]
    private static extern ref OrderedDict<string, nn.Module> Registered(nn.Module module);
}
