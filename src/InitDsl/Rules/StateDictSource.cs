namespace InitDsl;

/// <summary>What <c>FromStateDict</c> was given.</summary>
/// <param name="Path">The file's path as it was written.</param>
/// <param name="Map">From the file's names to the model's; null for the same names.</param>
/// <param name="Partial">Whether the file may lack parameters.</param>
internal sealed record StateDictSource(string Path, Func<string, string?>? Map, bool Partial)
{
    /// <summary>As it is written in code.</summary>
    public override string ToString() =>
        $"FromStateDict({Code.Quote(Path)}{(Map is null ? "" : ", map: …")}{(Partial ? ", partial: true" : "")})";
}

/// <summary>What a file of weights may have values for: everything. What it does have is known when a plan is compiled.</summary>
internal sealed class StateDictSelector(StateDictSource source) : Selector
{
    public override string ToString() => source.ToString();

    internal override bool Matches(ParamSpec spec) => true;
}
