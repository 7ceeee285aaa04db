using static TorchSharp.torch;

namespace InitDsl;

/// <summary>One place where a parameter is registered, or a buffer.</summary>
/// <param name="Owner">The module.</param>
/// <param name="Name">The name by which the module lists it.</param>
/// <param name="Tensor">The module's own object, not a copy.</param>
/// <param name="Layout">Its memory when the module was walked.</param>
/// <param name="Spec">What is known of it here.</param>
internal sealed record ParameterSite(nn.Module Owner, string Name, Tensor Tensor, TensorLayout Layout, ParamSpec Spec)
{
    /// <summary>Whether the module still holds the same by this name: the object, or its memory.</summary>
    internal bool IsCurrent() =>
        (Spec.Role == ParamRole.Buffer ? OwnBuffers.Find(Owner, Name) : OwnParameters.Find(Owner, Name)) is { } current
        && (ReferenceEquals(current, Tensor) || (!current.IsInvalid && TensorLayout.Of(current) == Layout));
}
