using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Reads the tensor given to <c>Values</c>: a copy, so that the plan stays what it was when the tensor changes.</summary>
internal static class TensorValues
{
    /// <summary>Null when the object is no tensor.</summary>
    /// <exception cref="ArgumentException">The tensor has no values that can be read.</exception>
    internal static (Shape Shape, double[] Values)? Read(object source)
    {
        if (source is not Tensor tensor)
        {
            return null;
        }

        if (tensor.IsInvalid)
        {
            throw new ArgumentException("The tensor given to Values has been disposed.");
        }

        if (tensor.device_type == DeviceType.META)
        {
            throw new ArgumentException("The tensor given to Values is on the meta device and has no values.");
        }

        if (tensor.is_complex())
        {
            throw new ArgumentException("The tensor given to Values has complex elements.");
        }

        if (ElementTypes.Of(tensor.dtype) is null || tensor.is_neg())
        {
            throw new ArgumentException($"The tensor given to Values has the dtype {tensor.dtype} or is a lazily negated view.");
        }

        using Tensor detached = tensor.detach();
        using Tensor dense = tensor.is_sparse ? detached.to_dense() : detached.alias();
        using Tensor doubles = dense.to(ScalarType.Float64, CPU);
        using Tensor rowMajor = doubles.contiguous();
        double[] values = new double[rowMajor.NumberOfElements];
        TensorMemory.Runs(rowMajor, 0, (start, run) => MemoryMarshal.Cast<byte, double>(run).CopyTo(values.AsSpan((int)start)));
        return (new Shape(tensor.shape), values);
    }
}
