namespace InitDsl;

/// <summary>Parameters of modules of some CLR types, subclasses included.</summary>
internal sealed class TypeSelector : Selector
{
    private readonly Type[] types;

    internal TypeSelector(params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Length == 0 || types.Contains(null!))
        {
            throw new ArgumentException("When needs at least one module type, and none of them null.", nameof(types));
        }

        this.types = [.. types];
    }

    public override string ToString() => $"When<{string.Join(", ", types.Select(Code.TypeName))}>()";

    internal override bool Matches(ParamSpec spec) =>
        spec.ModuleType is { } type && IsOrDerives(type);

    private bool IsOrDerives(Type type)
    {
        foreach (Type wanted in types)
        {
            if (wanted.IsAssignableFrom(type))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Parameters of modules whose path matches; inside opaque modules the parameter's own path too.</summary>
internal sealed class NamedSelector(string pattern) : Selector
{
    private readonly Glob glob = new(pattern);

    public override string ToString() => $"Named({Code.Quote(glob.Pattern)})";

    internal string Pattern => glob.Pattern;

    internal override bool ByPath => true;

    internal bool MatchesText(string path) => glob.Matches(path);

    internal override bool Matches(ParamSpec spec) =>
        glob.Matches(spec.ModulePath) || (spec.Opaque && (glob.Matches(spec.OwnerPath) || glob.Matches(spec.Path)));
}

/// <summary>Parameters at or beneath modules whose path matches.</summary>
internal sealed class ScopeSelector(string pattern) : Selector
{
    private readonly Glob glob = new(pattern);

    public override string ToString() => $"In({Code.Quote(glob.Pattern)})";

    internal override bool Matches(ParamSpec spec) => glob.MatchesAtOrAbove(spec.ModulePath);

    internal override bool InScope(ParamSpec spec) => Matches(spec);
}

/// <summary>Parameters that satisfy a predicate.</summary>
internal sealed class WhereSelector(Func<ParamSpec, bool> predicate) : Selector
{
    internal override string? UserWord => "Where";

    public override string ToString() => "Where(…)";

    internal override bool Matches(ParamSpec spec) => predicate(spec);
}

/// <summary>Every parameter.</summary>
internal sealed class AllSelector : Selector
{
    public override string ToString() => "All";

    internal override bool Matches(ParamSpec spec) => true;
}

internal sealed class AndSelector(Selector left, Selector right) : Selector
{
    internal override string? UserWord => JoinWords(left, right);

    public override string ToString() => right is ScopeSelector or ChildSelector ? $"{left}.{right}" : $"{left}.And({right})";

    internal override bool ByPath => left.ByPath || right.ByPath;

    internal override bool Matches(ParamSpec spec) => left.Matches(spec) && right.Matches(spec);

    internal override bool InScope(ParamSpec spec) => left.InScope(spec) && right.InScope(spec);
}

internal sealed class OrSelector(Selector left, Selector right) : Selector
{
    internal override string? UserWord => JoinWords(left, right);

    public override string ToString() => $"{left}.Or({right})";

    internal override bool Matches(ParamSpec spec) => left.Matches(spec) || right.Matches(spec);
}

internal sealed class NotSelector(Selector inner) : Selector
{
    internal override string? UserWord => inner.UserWord;

    public override string ToString() => $"{inner}.Not()";

    internal override bool Matches(ParamSpec spec) => !inner.Matches(spec);
}
