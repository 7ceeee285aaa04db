using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
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
        List<(string Name, nn.Module Module)> children = [.. module.named_children()];
        foreach ((string name, nn.Module child) in Registered(module))
        {
            if (!children.Exists(known => ReferenceEquals(known.Module, child)))
            {
                children.Add((name, child));
            }
        }

        return children.Count == 0 ? [.. Items(module)] : children;
    }

    /// <summary>The items of a ModuleList by index, of a ModuleDict by key.</summary>
    private static IEnumerable<(string Name, nn.Module Module)> Items(nn.Module module)
    {
        for (Type? type = module.GetType(); type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType)
            {
                continue;
            }

            if (type.GetGenericTypeDefinition() == typeof(ModuleList<>))
            {
                return ((IEnumerable<nn.Module>)module)
                    .Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item));
            }

            if (type.GetGenericTypeDefinition() == typeof(ModuleDict<>))
            {
                // ModuleDict's only enumerator that does not throw is the one for its own item type.
                MethodInfo entries = typeof(ChildModules).GetMethod(nameof(Entries), BindingFlags.NonPublic | BindingFlags.Static)!;
                return (IEnumerable<(string, nn.Module)>)entries.MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [module])!;
            }
        }

        return [];
    }

    private static List<(string Name, nn.Module Module)> Entries<T>(ModuleDict<T> modules)
        where T : nn.Module
    {
        var entries = new List<(string Name, nn.Module Module)>();
        foreach ((string name, T module) in modules)
        {
            entries.Add((name, module));
        }

        return entries;
    }

    /// <summary>TorchSharp shows this dictionary to derived modules only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internal_submodules")]
    private static extern ref OrderedDict<string, nn.Module> Registered(nn.Module module);
}
