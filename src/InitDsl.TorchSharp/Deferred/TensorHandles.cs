using System.Runtime.CompilerServices;
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

    /// <summary>TorchSharp shows this field to itself only.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "handle")]
    private static extern ref nint Handle(Tensor tensor);
}
