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

    internal static TensorLayout Of(Tensor tensor)
    {
        DeviceType device = tensor.device_type;
        nint pointer = device == DeviceType.META ? DeferredTensors.Find(tensor)?.Address ?? 0 : TensorMemory.Pointer(tensor);
        return new(
            pointer,
            tensor.dtype,
            device,
            new Shape(Sizes(tensor)),
            tensor.is_sparse || tensor.is_contiguous() ? "" : string.Join(',', tensor.stride()));
    }

    /// <summary>Whether it is still a tensor's layout; a question of every apply, and so asked without making another.</summary>
    internal bool Fits(Tensor tensor)
    {
        if (!Contiguous || Pointer != TensorMemory.Pointer(tensor))
        {
            return this == Of(tensor);
        }

        return Type == tensor.dtype
            && Device == tensor.device_type
            && HasShape(tensor)
            && (tensor.is_sparse || tensor.is_contiguous());
    }

    private bool HasShape(Tensor tensor)
    {
        if (tensor.Dimensions != Shape.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < Shape.Rank; axis++)
        {
            if (tensor.size(axis) != Shape[axis])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same as <c>shape</c>, without the delegate and the pinned memory that it takes.</summary>
    private static long[] Sizes(Tensor tensor)
    {
        long[] sizes = new long[tensor.Dimensions];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = tensor.size(axis);
        }

        return sizes;
    }

    public override string ToString() => $"{Shape} {Type} on {Device}";
}
