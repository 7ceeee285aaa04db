using TorchSharp;
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

    /// <summary>Modules that keep the tensor in native code too, each with the name of it.</summary>
    internal HashSet<(nn.Module Module, string Name)> Natives { get; } = [];

    /// <summary>The address that stands for the tensor's first element while there is no memory.</summary>
    internal nint Address => Tensor.NumberOfElements == 0 ? 0 : Storage.Address + (nint)(Tensor.storage_offset() * Tensor.ElementSize);

    /// <summary>Whether the tensor begins where its storage does and leaves no gaps.</summary>
    internal bool Whole => Tensor.storage_offset() == 0 && Tensor.is_contiguous();

    /// <summary>The place in the storage after the tensor's last element.</summary>
    internal long End { get; } = EndOf(tensor);

    /// <summary>Whether memory that something else has taken is what the tensor needs.</summary>
    internal bool Fits(Tensor memory) =>
        Whole && memory.is_contiguous() && memory.dtype == Tensor.dtype && memory.shape.SequenceEqual(Tensor.shape);

    /// <summary>Makes the tensor object one with memory. Objects that were one native tensor stay one.</summary>
    internal void Take(Tensor fresh)
    {
        TensorHandles.Take(Tensor, TensorHandles.Same(fresh));
        Layout = TensorLayout.Of(Tensor);
        foreach ((nn.Module module, string name) in Natives)
        {
            NativeParameters.Set(module, name, Tensor);
        }
    }

    private static long EndOf(Tensor tensor) =>
        tensor.NumberOfElements == 0
            ? 0
            : tensor.storage_offset() + 1 + tensor.shape.Zip(tensor.stride(), (size, stride) => (size - 1) * stride).Sum();
}
