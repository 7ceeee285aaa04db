namespace InitDsl;

/// <summary>The values that a state dictionary has for a parameter.</summary>
/// <param name="bound">The dictionary, opened for a model; null in a rule, which knows no model.</param>
internal sealed class StateDictInit(BoundStateDict? bound) : Init
{
    /// <summary>Whether the file could not be read, which has been said.</summary>
    internal bool Unread => bound is { Unread: true };

    internal static Resolution NotRead => new Problem("the file was not read.", "Mend it, or name another.");

    internal override Term Term => Term.Call(nameof(Dsl.FromStateDict), new FilePath(bound?.Source.Path ?? "…"));

    internal override Resolution Resolve(ResolutionContext context) =>
        bound?.LawFor(context.Spec) ?? NotRead;
}
