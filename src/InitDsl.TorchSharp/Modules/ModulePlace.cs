using static TorchSharp.torch;

namespace InitDsl;

/// <summary>One place of a module in a model; a shared module has several.</summary>
/// <param name="Path">The dotted path; empty for the root.</param>
/// <param name="Module">The module.</param>
/// <param name="FollowedBy">The activation that its output goes through next, where that can be seen.</param>
internal readonly record struct ModulePlace(string Path, nn.Module Module, Activation? FollowedBy);
