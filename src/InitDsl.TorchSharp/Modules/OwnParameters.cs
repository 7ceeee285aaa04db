using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The parameters registered in a module itself. <c>named_parameters(false)</c> is not enough: it leaves out those
/// that have been disposed, second names of one parameter, and everything in a <c>Sequential</c>.
/// </summary>
internal static class OwnParameters
{
    internal static IReadOnlyList<(string Name, Parameter Tensor)> Of(nn.Module module)
    {
        if (module is ParameterList or ParameterDict)
        {
            // They register late and go by their own lists, which alone are up to date.
            return [.. module.named_parameters(recurse: false)];
        }

        OrderedDict<string, Parameter> registered = Registered(module);
        var found = new List<(string Name, Parameter Tensor)>(registered.Count);
        foreach ((string name, Parameter tensor) in registered)
        {
            found.Add((name, tensor));
        }

        if (!ModuleKind.Of(module).OwnParameters)
        {
            return found;
        }

        // A module may override the enumeration and add to it.
        foreach ((string name, Parameter tensor) in module.named_parameters(recurse: false))
        {
            if (!registered.ContainsKey(name))
            {
                found.Add((name, tensor));
            }
        }

        return found;
    }

    internal static Parameter? Find(nn.Module module, string name) =>
        module is not (ParameterList or ParameterDict) && Registered(module).TryGetValue(name, out Parameter? registered)
            ? registered
            : module.named_parameters(recurse: false).FirstOrDefault(parameter => parameter.name == name).parameter;

    /// <summary>TorchSharp shows this dictionary to derived modules only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internal_params")]
    private static extern ref OrderedDict<string, Parameter> Registered(nn.Module module);
}
