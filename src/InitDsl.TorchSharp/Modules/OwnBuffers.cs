using System.Runtime.CompilerServices;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>The buffers registered in a module itself, as the running statistics of a norm.</summary>
internal static class OwnBuffers
{
    /// <summary>All of them, also those that are not saved.</summary>
    internal static IEnumerable<(string Name, Tensor Tensor)> Of(nn.Module module)
    {
        foreach ((string name, (Tensor tensor, bool _)) in Registered(module))
        {
            yield return (name, tensor);
        }
    }

    /// <summary>Those that a state dictionary holds.</summary>
    internal static IEnumerable<(string Name, Tensor Tensor)> Persistent(nn.Module module)
    {
        foreach ((string name, (Tensor tensor, bool persistent)) in Registered(module))
        {
            if (persistent && !tensor.IsInvalid)
            {
                yield return (name, tensor);
            }
        }
    }

    internal static Tensor? Find(nn.Module module, string name) =>
        Registered(module).TryGetValue(name, out (Tensor Tensor, bool Persistent) found) ? found.Tensor : null;

    /// <summary>TorchSharp shows this dictionary to derived modules only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internal_buffers")]
    private static extern ref OrderedDict<string, (Tensor Tensor, bool Persistent)> Registered(nn.Module module);
}
