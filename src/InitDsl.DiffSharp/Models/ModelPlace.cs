using DiffSharp.Model;

namespace InitDsl;

/// <summary>One place of a model in a model; a shared one has several.</summary>
/// <param name="Node">Its place among the others.</param>
/// <param name="Model">The model.</param>
/// <param name="NormFollows">Whether a normalization takes its output, where that can be seen.</param>
internal readonly record struct ModelPlace(ModuleNode Node, ModelBase Model, bool NormFollows)
{
    /// <summary>The dotted path; empty for the root.</summary>
    internal string Path => Node.Path;
}
