using static TorchSharp.torch;

namespace InitDsl;

/// <summary>One place of a module in a model; a shared module has several.</summary>
/// <param name="Node">Its place among the others.</param>
/// <param name="Module">The module.</param>
/// <param name="Following">What its output goes through next, where that can be seen.</param>
internal readonly record struct ModulePlace(ModuleNode Node, nn.Module Module, Following Following)
{
    /// <summary>The dotted path; empty for the root.</summary>
    internal string Path => Node.Path;
}
