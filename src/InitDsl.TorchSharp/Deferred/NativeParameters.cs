using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Modules whose parameters TorchSharp makes in native code: embeddings, recurrent layers, attention, transformers.
/// They ignore the default device, and are filled by their constructors on the CPU. TorchSharp then moves its own copies
/// of the parameters to META; where it has a property for one, as <c>embedding.weight</c>, the copy is what native code
/// computes with from then on. The filled memory stays registered in native code either way.
/// </summary>
internal static class NativeParameters
{
    /// <summary>The parameters that native code has registered, each a new object.</summary>
    internal static (string Name, Parameter Tensor)[] Of(nn.Module module) => Registered(module);

    /// <summary>TorchSharp's note of where such a module lies, META from its constructor on.</summary>
    internal static void OnCpu(nn.Module module)
    {
        if (DeviceOf(module) == DeviceType.META)
        {
            DeviceOf(module) = DeviceType.CPU;
        }
    }

    /// <summary>Lets native code compute with a parameter that has got memory.</summary>
    internal static void Set(nn.Module module, string name, Tensor tensor) => Property(module, name)!.SetValue(module, tensor);

    /// <summary>Whether <see cref="Set"/> can: only such parameters can have been replaced by ones without memory.</summary>
    internal static bool CanSet(nn.Module module, string name) => Property(module, name) is { CanWrite: true };

    private static PropertyInfo? Property(nn.Module module, string name) =>
        module.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance);

    /// <summary>TorchSharp shows these to derived modules only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "_named_parameters")]
    private static extern (string Name, Parameter Tensor)[] Registered(nn.Module module);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_deviceType")]
    private static extern ref DeviceType DeviceOf(nn.Module module);
}
