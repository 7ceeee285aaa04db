using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Finds tensors made in inference mode. libtorch refuses to write them anywhere else, and TorchSharp has no
/// <c>is_inference</c> to ask.
/// </summary>
internal static class InferenceTensors
{
    /// <summary>
    /// Asks for gradients, which is refused outside inference mode: of the tensor itself where it has them already,
    /// as most parameters do, so that nothing changes; else of a detached twin.
    /// </summary>
    internal static bool Is(Tensor tensor)
    {
        using IDisposable? outside = is_inference_mode_enabled() ? inference_mode(false) : null;
        using Tensor? twin = tensor.requires_grad && tensor.is_leaf ? null : tensor.detach();
        try
        {
            (twin ?? tensor).requires_grad = true;
            return false;
        }
        catch (ExternalException refusal) when (refusal.Message.Contains("on inference tensor", StringComparison.Ordinal))
        {
            return true;
        }
        catch (ExternalException) when (ElementTypes.Of(tensor.dtype) is { } dtype && !dtype.IsReal() && !dtype.IsComplex())
        {
            // Whole numbers have no gradients anywhere; that is said after the question of inference mode.
            return false;
        }
    }
}
