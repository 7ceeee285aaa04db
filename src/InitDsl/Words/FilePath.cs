namespace InitDsl;

/// <summary>A file as it is written; to compare, its name counts, since folders differ from machine to machine.</summary>
/// <param name="Path">The path.</param>
internal sealed record FilePath(string Path)
{
    /// <summary>What follows the last separator, of either system.</summary>
    internal string Name => Path[(Path.LastIndexOfAny(['/', '\\']) + 1)..];
}
