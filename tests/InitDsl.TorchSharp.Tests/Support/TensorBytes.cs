using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>What a tensor holds, without any code of the backend.</summary>
internal static class TensorBytes
{
    /// <summary>The elements' memory in row-major order.</summary>
    internal static byte[] Bytes(this Tensor tensor)
    {
        using Tensor detached = tensor.detach();
        using Tensor resolved = detached.resolve_conj();
        using Tensor copy = resolved.contiguous();
        return copy.bytes.ToArray();
    }

    /// <summary>The elements as doubles in row-major order; complex numbers as two.</summary>
    internal static double[] Doubles(this Tensor tensor)
    {
        using Tensor detached = tensor.detach();
        using Tensor real = detached.is_complex() ? detached.view_as_real() : detached.alias();
        using Tensor doubles = real.to(ScalarType.Float64);
        using Tensor copy = doubles.contiguous();
        return MemoryMarshal.Cast<byte, double>(copy.bytes).ToArray();
    }

    /// <summary>A byte string a parameter, by name.</summary>
    internal static Dictionary<string, byte[]> State(this nn.Module module) =>
        module.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter.Bytes());
}
