using DiffSharp;
using DiffSharp.Backends;

namespace InitDsl;

/// <summary>Reads tensors of any backend.</summary>
internal static class TensorValues
{
    internal static Shape ShapeOf(Tensor tensor) => new([.. tensor.shape.Select(size => (long)size)]);

    /// <summary>The values of the tensor given to <c>Values</c>; null when the object is no tensor.</summary>
    internal static (Shape Shape, double[] Values)? Read(object source) =>
        source is Tensor tensor ? (ShapeOf(tensor), [.. Flat(tensor.primalRaw.Cast(Dtype.Float64)).Cast<double>()]) : null;

    /// <summary>
    /// All elements in row-major order, in an array of the type that DiffSharp has for them (float for halves). Not to be
    /// written to: it may be the tensor's own memory.
    /// </summary>
    internal static Array Flat(RawTensor tensor) =>
        tensor.Nelement == 0 ? Array.CreateInstance(ElementBuffer.StoredTypeOf(tensor.Dtype), 0)
        : tensor.Handle is Array { Rank: 1 } own ? own
        : RawData.Of(tensor) ?? (Array)tensor.ViewT([tensor.Nelement]).ToValues();
}
