using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Modules whose parameters TorchSharp makes in native code: embeddings, recurrent layers, attention, transformers.
/// They ignore the default device, and are filled by their constructors on the CPU. What TorchSharp then moves to META
/// are its own copies of the parameters.
/// </summary>
internal static class NativeParameters
{
    /// <summary>Gives a module its native parameters back.</summary>
    /// <returns>Whether the module is one of these.</returns>
    internal static bool Adopt(nn.Module module)
    {
        (string Name, Parameter Tensor)[] natives = Natives(module);
        foreach ((string name, Parameter native) in natives)
        {
            if (OwnParameters.Find(module, name) is not { device_type: DeviceType.META } registered || native.device_type == DeviceType.META)
            {
                native.Dispose();
                continue;
            }

            // Whoever froze one of the two meant both.
            native.requires_grad &= registered.requires_grad;
            TensorHandles.Take(registered, native);
        }

        if (natives.Length > 0 && DeviceOf(module) == DeviceType.META)
        {
            DeviceOf(module) = DeviceType.CPU;
        }

        return natives.Length > 0;
    }

    /// <summary>
    /// Where native code keeps a parameter without memory, since somebody assigned it to the module: how to tell it of
    /// the one with memory. Null where TorchSharp has no way.
    /// </summary>
    internal static Action? Setter(nn.Module module, string name, Parameter tensor) =>
        module.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { CanWrite: true } property
            ? () => property.SetValue(module, tensor)
            : null;

    /// <summary>TorchSharp shows these to derived modules only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "_named_parameters")]
    private static extern (string Name, Parameter Tensor)[] Natives(nn.Module module);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_deviceType")]
    private static extern ref DeviceType DeviceOf(nn.Module module);
}
