namespace InitDsl;

/// <summary>What <c>FromStateDict</c> was given.</summary>
/// <param name="Path">The file's path as it was written.</param>
/// <param name="Map">From the file's names to the model's; null for the same names.</param>
/// <param name="Partial">Whether the file may lack parameters.</param>
internal sealed record StateDictSource(string Path, Func<string, string?>? Map, bool Partial)
{
    /// <summary>Where a relative path begins; null for the current directory.</summary>
    internal string? Folder { get; init; }

    /// <summary>The path to open.</summary>
    internal string Location => Folder is null ? Path : System.IO.Path.Combine(Folder, Path);

    /// <summary>What to do where there is no such file.</summary>
    internal string Advice =>
        System.IO.Path.IsPathFullyQualified(Path) ? "Name one that there is, or put it there."
        : Folder is null ? $"Relative paths begin at the current directory, {Environment.CurrentDirectory}."
        : $"Relative paths begin at the folder of the rule file, {Folder}.";

    /// <summary>What is written: the word that makes this again.</summary>
    internal Term Term
    {
        get
        {
            List<object> arguments = [new FilePath(Path)];
            if (Map is not null)
            {
                arguments.Add(new NamedArgument("map", Map));
            }

            if (Partial)
            {
                arguments.Add(new NamedArgument("partial", true));
            }

            return Term.Call(nameof(Dsl.FromStateDict), [.. arguments]);
        }
    }
}

/// <summary>What a file of weights may have values for: everything. What it does have is known when a plan is compiled.</summary>
internal sealed class StateDictSelector(StateDictSource source) : Selector
{
    internal override Term Term => source.Term;

    internal override bool Matches(ParamSpec spec) => true;
}
