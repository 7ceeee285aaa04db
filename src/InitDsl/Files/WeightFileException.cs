namespace InitDsl;

/// <summary>A weight file that cannot be read, or does not hold what it says. Becomes a diagnostic of the plan.</summary>
internal sealed class WeightFileException : Exception
{
    /// <param name="file">The file's path.</param>
    /// <param name="place">The byte of the file that it is about; null where it is about the whole file.</param>
    /// <param name="what">What is wrong, as the end of a sentence.</param>
    /// <param name="instead">What to do, a full sentence.</param>
    internal WeightFileException(string file, long? place, string what, string instead)
        : base($"{file}{(place is { } at ? FormattableString.Invariant($", byte {at}") : "")}: {what}. {instead}")
    {
    }
}
