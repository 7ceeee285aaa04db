using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Finds tensors made in inference mode. libtorch refuses to write them anywhere else, and TorchSharp has no
/// <c>is_inference</c> to ask.
/// </summary>
internal static class InferenceTensors
{
    /// <summary>
    /// Uses the tensor, without any of its elements, in a product that autograd would have to remember it for:
    /// that is refused for an inference tensor and changes nothing in any other.
    /// </summary>
    internal static bool Is(Tensor tensor)
    {
        using IDisposable outside = inference_mode(false);
        using IDisposable recording = enable_grad();
        using Tensor detached = tensor.detach();
        using Tensor none = detached.as_strided([0], [1]);
        using Tensor factor = zeros([0], requires_grad: true, dtype: ScalarType.Float32, device: tensor.device);
        try
        {
            using Tensor product = factor.mul(none);
            return false;
        }
        catch (ExternalException refusal) when (refusal.Message.StartsWith("Inference tensors cannot be saved", StringComparison.Ordinal))
        {
            return true;
        }
    }
}
