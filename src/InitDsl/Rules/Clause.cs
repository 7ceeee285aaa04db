namespace InitDsl;

/// <summary>One part of a rule: which of the selected parameters, and how they start. No Init means: leave alone.</summary>
internal sealed record Clause(string Text, Init? Init, Func<ParamSpec, bool> Covers)
{
    /// <summary>The names that the clause is about; null where it is about a role, or all.</summary>
    internal string? Pattern { get; init; }

    internal bool ByName => Pattern is not null;

    internal static Clause Weight(Init init) => new($".Weight({init})", init, spec => spec.Role == ParamRole.Weight);

    internal static Clause Bias(Init init) => new($".Bias({init})", init, spec => spec.Role == ParamRole.Bias);

    internal static Clause Param(string pattern, Init init)
    {
        var glob = new Glob(pattern);
        return new(
            $".Param({Code.Quote(pattern)}, {init})",
            init,
            spec => spec.Role != ParamRole.Buffer && (glob.Matches(spec.Name) || (spec.Opaque && glob.Matches(spec.QualifiedName))))
        {
            Pattern = pattern,
        };
    }

    internal static Clause Keep() => new(".Keep()", null, _ => true);
}
