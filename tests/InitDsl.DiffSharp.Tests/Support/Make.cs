namespace InitDsl.Tests;

/// <summary>Tensors of DiffSharp's defaults, whose factories have optional arguments that C# must give.</summary>
internal static class Make
{
    internal static Tensor Tensor(Array values) => dsharp.tensor(values, null, null, null);

    internal static Tensor Scalar(double value) => dsharp.tensor(value, null, null, null);

    internal static Tensor Zeros(params int[] shape) => dsharp.zeros(shape, null, null, null);

    internal static Tensor Ones(params int[] shape) => dsharp.ones(shape, null, null, null);
}
