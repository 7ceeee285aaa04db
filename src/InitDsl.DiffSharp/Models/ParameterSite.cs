using DiffSharp.Model;

namespace InitDsl;

/// <summary>One place where a parameter is registered.</summary>
/// <param name="Place">The model that holds it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Parameter">The model's own object.</param>
/// <param name="Weight">The shape, in memory, that its fans are counted from: its own, or a bias's weight's; null where there is none.</param>
internal sealed record ParameterSite(ModelPlace Place, string Name, Parameter Parameter, Shape? Weight)
{
    /// <summary>The full dotted path.</summary>
    internal string Path => DottedPath.Of(Place.Path, Name);
}
