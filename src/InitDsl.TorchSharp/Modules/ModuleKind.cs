using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>How a module's CLR type lists what is in it; found out once a type, as reflection is slow.</summary>
internal sealed class ModuleKind
{
    /// <summary>Types of scripts can be unloaded: nothing here keeps them.</summary>
    private static readonly ConditionalWeakTable<Type, ModuleKind> Known = [];

    private ModuleKind(Type type)
    {
        OwnChildren = Overrides(type, nameof(nn.Module.named_children), []);
        OwnParameters = Overrides(type, nameof(nn.Module.named_parameters), [typeof(bool)]);
        RunsInOrder = type.IsAssignableTo(typeof(Sequential))
            && (type == typeof(Sequential)
                || type.GetMethod(nameof(Sequential.forward), BindingFlags.Public | BindingFlags.Instance, [typeof(Tensor)])
                    ?.DeclaringType == typeof(Sequential));
        Items = ItemsOf(type);
    }

    /// <summary>Whether <c>named_children()</c> may list others than the registered modules.</summary>
    internal bool OwnChildren { get; }

    /// <summary>Whether <c>named_parameters(false)</c> may list others than the registered parameters.</summary>
    internal bool OwnParameters { get; }

    /// <summary>Whether it is a Sequential that runs its children one after another, as a derived class need not.</summary>
    internal bool RunsInOrder { get; }

    /// <summary>Lists the items of a ModuleList by index, of a ModuleDict by key; null for all others.</summary>
    internal Func<nn.Module, IEnumerable<(string Name, nn.Module Module)>>? Items { get; }

    internal static ModuleKind Of(nn.Module module) => Known.GetValue(module.GetType(), type => new(type));

    private static bool Overrides(Type type, string method, Type[] parameters) =>
        type.GetMethod(method, BindingFlags.Public | BindingFlags.Instance, parameters)?.DeclaringType != typeof(nn.Module);

    private static Func<nn.Module, IEnumerable<(string Name, nn.Module Module)>>? ItemsOf(Type moduleType)
    {
        for (Type? type = moduleType; type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType)
            {
                continue;
            }

            if (type.GetGenericTypeDefinition() == typeof(ModuleList<>))
            {
                return module => ((IEnumerable<nn.Module>)module)
                    .Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item));
            }

            if (type.GetGenericTypeDefinition() == typeof(ModuleDict<>))
            {
                // ModuleDict's only enumerator that does not throw is the one for its own item type.
                MethodInfo entries = typeof(ModuleKind).GetMethod(nameof(Entries), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GenericTypeArguments);
                return module => (IEnumerable<(string, nn.Module)>)entries.Invoke(null, [module])!;
            }
        }

        return null;
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
}
