using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Gives a tensor object another native tensor. Everything that holds the object, be it a private field, a list or a
/// second module that shares it, sees the other tensor from then on. libtorch itself refuses to give a tensor without
/// memory some on another device (<c>set_</c>, <c>set_data</c>).
/// </summary>
internal static class TensorHandles
{
    /// <summary>The object takes the native tensor of the other one, which gets its old one and is disposed of.</summary>
    internal static void Take(Tensor tensor, Tensor other)
    {
        (Handle(tensor), Handle(other)) = (Handle(other), Handle(tensor));
        other.Dispose();
    }

    /// <summary>
    /// What tells native tensors apart: <c>embedding.weight</c> makes a new object at each read, for the same native
    /// tensor, with one gradient. A handle is libtorch's <c>at::Tensor*</c>, and that is one pointer.
    /// </summary>
    internal static nint Native(Tensor tensor) => Marshal.ReadIntPtr(tensor.Handle);

    /// <summary>Another object for the same native tensor: what <c>resolve_conj</c> gives for one that has nothing to resolve.</summary>
    internal static Tensor Same(Tensor tensor) => tensor.resolve_conj();

    /// <summary>TorchSharp shows this field to itself only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "handle")]
    private static extern ref nint Handle(Tensor tensor);
}
