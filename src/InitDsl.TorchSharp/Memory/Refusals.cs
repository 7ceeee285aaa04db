using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>What keeps a tensor from being written, whatever the rules say: ends of sentences.</summary>
internal static class Refusals
{
    internal const string Disposed =
        "its tensor has been disposed. Compile a new plan from the model as it is now.";

    internal const string Replaced =
        "its module holds another parameter by this name than when the plan was compiled. Compile a new plan.";

    internal static string? Of(Tensor tensor)
    {
        if (tensor.device_type == DeviceType.META && DeferredTensors.Find(tensor) is null)
        {
            return "it is on the meta device and has no memory. Build the model on a real device, or with Deferred.Build; "
                + "what other threads make while Deferred.Build runs has none either.";
        }

        if (tensor.is_sparse)
        {
            return "it is a sparse tensor. Leave it alone with Keep(), or make it dense.";
        }

        if (ElementTypes.Of(tensor.dtype) is null)
        {
            return $"its dtype is {tensor.dtype}, which cannot be initialised. Leave it alone with Keep().";
        }

        if (tensor.is_conj() || tensor.is_neg())
        {
            return "it is a lazily conjugated or negated view of another tensor. Give the module a clone() of it.";
        }

        return null;
    }

    internal static string Changed(TensorLayout now) =>
        $"its shape, dtype or memory has changed since the plan was compiled (now {now}). Compile a new plan.";

    internal static string MadeInInferenceMode() =>
        "it was created in inference mode and can be written there only. Build the model outside inference_mode().";

    internal static string OverlapsItself(TensorLayout layout) =>
        $"several of its elements {layout.Shape} share memory, as after expand(). Give the module a clone() of it.";

    internal static string SharesMemory(string owner) =>
        $"it shares memory with {owner} in another layout, and is initialised under that name. "
        + "Leave this one alone with Keep(): it changes with the other.";
}
