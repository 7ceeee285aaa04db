namespace InitDsl;

/// <summary>One part of a rule: which of the selected parameters, and how they start. No Init means: leave alone.</summary>
/// <param name="Word">The word that says it.</param>
/// <param name="Init">How they start.</param>
internal abstract record Clause(string Word, Init? Init)
{
    /// <summary>Whether parameters are meant by their names.</summary>
    internal bool ByName => NamePattern is not null;

    /// <summary>The names that are meant; null where a role is, or all.</summary>
    internal virtual string? NamePattern => null;

    /// <summary>The clause as it is written in code, behind a selector.</summary>
    internal string Text => $".{Term.Call(Word, Arguments)}";

    /// <summary>What the word is given.</summary>
    internal virtual object[] Arguments => Init is null ? [] : [Init];

    /// <summary>Whether a parameter is meant, if the rule selects it.</summary>
    internal abstract bool Covers(ParamSpec spec);
}

/// <summary>Parameters in one role.</summary>
internal sealed record RoleClause(string Word, ParamRole Role, Init Init) : Clause(Word, Init)
{
    internal override bool Covers(ParamSpec spec) => spec.Role == Role;
}

/// <summary>Parameters by their name in the module; inside opaque modules by the qualified name too.</summary>
internal sealed record NameClause(string Word, Glob Pattern, Init Init) : Clause(Word, Init)
{
    internal override string? NamePattern => Pattern.Pattern;

    internal override object[] Arguments => [Pattern.Pattern, Init!];

    internal override bool Covers(ParamSpec spec) =>
        spec.Role != ParamRole.Buffer && (Pattern.Matches(spec.Name) || (spec.Opaque && Pattern.Matches(spec.QualifiedName)));
}

/// <summary>Every parameter, left as it is.</summary>
internal sealed record KeepClause(string Word) : Clause(Word, null)
{
    internal override bool Covers(ParamSpec spec) => true;
}

/// <summary>Every parameter, with the values of a file. The selector has said it already, so it has no word of its own.</summary>
internal sealed record StateDictClause(Init Init) : Clause("", Init)
{
    internal override bool Covers(ParamSpec spec) => true;
}
