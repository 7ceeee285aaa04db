using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>In-place operations with numbers. TorchSharp boxes a number into a native object; these dispose of it.</summary>
internal static class InPlace
{
    internal static void Fill(Tensor tensor, double value)
    {
        using Scalar number = value.ToScalar();
        tensor.fill_(number);
    }

    internal static void FillAt(Tensor tensor, Tensor indices, double value)
    {
        using Scalar number = value.ToScalar();
        tensor.index_fill_(0, indices, number);
    }

    internal static void Multiply(Tensor tensor, double factor)
    {
        using Scalar number = factor.ToScalar();
        tensor.mul_(number);
    }

    internal static void Add(Tensor tensor, double term)
    {
        using Scalar number = term.ToScalar();
        tensor.add_(number);
    }

    internal static void Clamp(Tensor tensor, double low, double high)
    {
        using Scalar min = low.ToScalar();
        using Scalar max = high.ToScalar();
        tensor.clamp_(min, max);
    }
}
