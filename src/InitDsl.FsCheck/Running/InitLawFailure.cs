namespace InitDsl;

/// <summary>One property that does not hold.</summary>
/// <param name="Property">Which one.</param>
/// <param name="Path">The parameter's path; of a fill the tensor's name; empty where it is about all of them.</param>
/// <param name="Message">What was found and what was expected.</param>
/// <param name="Repro">Seed, path and rule: code that gives the same values again.</param>
public sealed record InitLawFailure(InitProperties Property, string Path, string Message, string Repro)
{
    /// <summary>The property, the path, what was found, and on a second line how to see it again.</summary>
    public override string ToString() =>
        $"{Property}{(Path.Length == 0 ? "" : $" of {Path}")}: {Message}{Environment.NewLine}    again: {Repro}";
}
