namespace InitDsl;

/// <summary>Parameters of modules of a CLR type that satisfy a predicate over the module object.</summary>
internal sealed class ModuleSelector<T>(Func<T, bool> predicate) : Selector
{
    internal override string? UserWord => $"When<{Code.TypeName(typeof(T))}>";

    internal override bool SinglesOut => true;

    internal override Term Term => Term.Generic(nameof(Dsl.When), [ModuleTypeName.Of(typeof(T))], predicate);

    internal override bool Matches(ParamSpec spec) => spec.Node?.Module is T module && predicate(module);
}

/// <summary>Parameters of modules registered in a module of a type, at some place among those of their own type.</summary>
internal sealed class ChildSelector(ModuleTypeName parent, ChildSelector.Place place, string word) : Selector
{
    internal enum Place
    {
        Any,
        First,
        Last,
    }

    internal override Term Term => Term.Generic(word, [parent]);

    internal override bool SinglesOut => true;

    internal override bool Matches(ParamSpec spec) =>
        parent.Type?.IsInstanceOfType(spec.Parent?.Module) is true
        && (place == Place.Any || (place == Place.First ? spec.FirstOfType : spec.LastOfType));

    internal override bool HasTypeNames => parent.Type is null;

    internal override Selector Bind(TypeBinding types) => new ChildSelector(types.Of(parent), place, word);
}
