namespace InitDsl;

/// <summary>Paths through a model; that of the root is empty.</summary>
internal static class DottedPath
{
    /// <summary>The path of what a place has under a name.</summary>
    /// <param name="place">A module's path; empty for the root.</param>
    /// <param name="name">A name there, or a path from there.</param>
    internal static string Of(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
