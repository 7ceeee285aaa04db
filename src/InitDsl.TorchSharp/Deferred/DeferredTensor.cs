using static TorchSharp.torch;

namespace InitDsl;

/// <summary>A tensor that has no memory yet, and whose memory is written by a plan when it is taken.</summary>
/// <param name="tensor">The object that modules hold; it stays the same.</param>
/// <param name="storage">The memory to be.</param>
internal sealed class DeferredTensor(Tensor tensor, DeferredStorage storage)
{
    internal Tensor Tensor { get; } = tensor;

    internal DeferredStorage Storage { get; } = storage;

    /// <summary>The layout since the memory has been taken.</summary>
    internal TensorLayout? Layout { get; private set; }

    /// <summary>What else must be told of the new native tensor: modules that keep it in native code.</summary>
    internal Action? Taken { get; set; }

    /// <summary>The address that stands for the tensor's first element while there is no memory.</summary>
    internal nint Address => Tensor.NumberOfElements == 0 ? 0 : Storage.Address + (nint)(Tensor.storage_offset() * Tensor.ElementSize);

    /// <summary>Whether the tensor begins where its storage does and leaves no gaps.</summary>
    internal bool Whole => Tensor.storage_offset() == 0 && Tensor.is_contiguous();

    /// <summary>The place in the storage after the tensor's last element.</summary>
    internal long End =>
        Tensor.NumberOfElements == 0
            ? 0
            : Tensor.storage_offset() + 1 + Tensor.shape.Zip(Tensor.stride(), (size, stride) => (size - 1) * stride).Sum();

    /// <summary>Makes the tensor object one with memory, trained or frozen as it was.</summary>
    internal void Take(Tensor fresh)
    {
        if (Tensor.requires_grad)
        {
            fresh.requires_grad = true;
        }

        TensorHandles.Take(Tensor, fresh);
        Layout = TensorLayout.Of(Tensor);
        Taken?.Invoke();
    }
}
