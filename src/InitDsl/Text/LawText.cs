namespace InitDsl;

/// <summary>A law as a cell of a table, where its whole text would make the column too wide.</summary>
internal static class LawText
{
    private const int Widest = 60;

    /// <summary>The law; what a table has line by line, or what does not fit, is only counted or cut.</summary>
    /// <param name="law">The law.</param>
    /// <param name="under">What to call the rows of no slice, where it is no law.</param>
    internal static string Short(Law law, string? under = null) => law switch
    {
        FileLaw => law.ToString()!,   // the end of a name tells more than its beginning
        OverlaidLaw overlaid => string.Join(" and ", Under(overlaid, under).Append(Count(overlaid.Overlays.Count, "slice"))),
        SlicedLaw { Alike: false } sliced => Count(sliced.Slices.Count, "block"),
        _ => law.ToString() is { Length: > Widest } text ? text[..(Widest - 1)] + "…" : law.ToString()!,
    };

    private static IEnumerable<string> Under(OverlaidLaw law, string? under) =>
        law.RowsSeen(RowSegment.Under) == 0 ? []
        : law.Under is SlicedLaw { Alike: false } ? [Count(law.BlocksSeen, "block")]
        : [under ?? Short(law.Under)];

    private static string Count(int count, string what) => $"{Numbers.Count(count)} {what}{(count == 1 ? "" : "s")}";
}
