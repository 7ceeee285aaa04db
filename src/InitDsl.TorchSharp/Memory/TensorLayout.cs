using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Which memory a tensor is and how it is read: tensors with equal layouts are the same parameter, and a tensor
/// whose layout is no longer what it was is another one.
/// </summary>
/// <param name="Pointer">The address of the first element; 0 where there is none.</param>
/// <param name="Type">The dtype.</param>
/// <param name="Device">The device.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Strides">The strides as text; empty when they follow from the shape.</param>
internal readonly record struct TensorLayout(nint Pointer, ScalarType Type, DeviceType Device, Shape Shape, string Strides)
{
    internal bool Contiguous => Strides.Length == 0;

    internal static TensorLayout Of(Tensor tensor) => new(
        DeferredTensors.Find(tensor)?.Address ?? TensorMemory.Pointer(tensor),
        tensor.dtype,
        tensor.device_type,
        new Shape(tensor.shape),
        tensor.is_sparse || tensor.is_contiguous() ? "" : string.Join(',', tensor.stride()));

    public override string ToString() => $"{Shape} {Type} on {Device}";
}
