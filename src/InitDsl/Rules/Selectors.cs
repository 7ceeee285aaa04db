namespace InitDsl;

/// <summary>Parameters of modules of some CLR types, subclasses included.</summary>
internal sealed class TypeSelector : Selector
{
    private readonly IReadOnlyList<ModuleTypeName> names;
    private readonly Type[] types;

    /// <param name="names">At least one, none of them null.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal TypeSelector(IReadOnlyList<ModuleTypeName> names)
    {
        if (names.Count == 0)
        {
            throw new ArgumentException("When needs at least one module type.", nameof(names));
        }

        this.names = names;
        types = [.. names.Select(name => name.Type).OfType<Type>()];
    }

    internal override Term Term => Term.Generic(nameof(Dsl.When), names);

    internal override bool Matches(ParamSpec spec) =>
        spec.ModuleType is { } type && IsOrDerives(type);

    internal override bool HasTypeNames => types.Length < names.Count;

    internal override Selector Bind(TypeBinding binding) => new TypeSelector([.. names.Select(binding.Of)]);

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

    internal override Term Term => Term.Call(nameof(Dsl.Named), glob.Pattern);

    internal string Pattern => glob.Pattern;

    internal override bool ByPath => true;

    // A pattern of wildcards alone is any layer.
    internal override bool SinglesOut => glob.Pattern.AsSpan().IndexOfAnyExcept("*?.") >= 0;

    internal bool MatchesText(string path) => glob.Matches(path);

    internal override bool Matches(ParamSpec spec) =>
        glob.Matches(spec.ModulePath) || (spec.Opaque && (glob.Matches(spec.OwnerPath) || glob.Matches(spec.Path)));
}

/// <summary>Parameters at or beneath modules whose path matches.</summary>
internal sealed class ScopeSelector(string pattern) : Selector
{
    private readonly Glob glob = new(pattern);

    internal override Term Term => Term.Call(nameof(Dsl.In), glob.Pattern);

    internal override bool Matches(ParamSpec spec) => glob.MatchesAtOrAbove(spec.ModulePath);

    internal override bool InScope(ParamSpec spec) => Matches(spec);
}

/// <summary>Parameters that satisfy a predicate.</summary>
internal sealed class WhereSelector(Func<ParamSpec, bool> predicate) : Selector
{
    internal override string? UserWord => "Where";

    internal override bool SinglesOut => true;

    internal override Term Term => Term.Call(nameof(Dsl.Where), predicate);

    internal override bool Matches(ParamSpec spec) => predicate(spec);
}

/// <summary>Every parameter.</summary>
internal sealed class AllSelector : Selector
{
    internal override Term Term => Term.Of(nameof(Dsl.All));

    internal override bool Matches(ParamSpec spec) => true;
}

internal sealed class AndSelector(Selector left, Selector right) : Selector
{
    internal override string? UserWord => JoinWords(left, right);

    internal override Term Term => right is ScopeSelector or ChildSelector ? left.Term.Then(right.Term) : left.Term.Then(nameof(And), right);

    internal override bool ByPath => left.ByPath || right.ByPath;

    internal override bool SinglesOut => left.SinglesOut || right.SinglesOut;

    internal override bool Matches(ParamSpec spec) => left.Matches(spec) && right.Matches(spec);

    internal override bool InScope(ParamSpec spec) => left.InScope(spec) && right.InScope(spec);

    internal override bool HasTypeNames => left.HasTypeNames || right.HasTypeNames;

    internal override Selector Bind(TypeBinding types) => new AndSelector(left.Bind(types), right.Bind(types));
}

internal sealed class OrSelector(Selector left, Selector right) : Selector
{
    internal override string? UserWord => JoinWords(left, right);

    internal override Term Term => left.Term.Then(nameof(Or), right);

    internal override bool SinglesOut => left.SinglesOut && right.SinglesOut;

    internal override bool Matches(ParamSpec spec) => left.Matches(spec) || right.Matches(spec);

    internal override bool HasTypeNames => left.HasTypeNames || right.HasTypeNames;

    internal override Selector Bind(TypeBinding types) => new OrSelector(left.Bind(types), right.Bind(types));
}

internal sealed class NotSelector(Selector inner) : Selector
{
    internal override string? UserWord => inner.UserWord;

    internal override Term Term => inner.Term.Then(nameof(Not));

    internal override bool Matches(ParamSpec spec) => !inner.Matches(spec);

    internal override bool HasTypeNames => inner.HasTypeNames;

    internal override Selector Bind(TypeBinding types) => new NotSelector(inner.Bind(types));
}
