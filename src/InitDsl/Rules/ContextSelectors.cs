namespace InitDsl;

/// <summary>Parameters of modules of a CLR type that satisfy a predicate over the module object.</summary>
internal sealed class ModuleSelector<T>(Func<T, bool> predicate) : Selector
{
    internal override string? UserWord => $"When<{Code.TypeName(typeof(T))}>";

    public override string ToString() => $"{UserWord}(…)";

    internal override bool Matches(ParamSpec spec) => spec.Node?.Module is T module && predicate(module);
}

/// <summary>Parameters of modules registered in a module of a type, at some place among those of their own type.</summary>
internal sealed class ChildSelector(Type parent, ChildSelector.Place place) : Selector
{
    internal enum Place
    {
        Any,
        First,
        Last,
    }

    public override string ToString() => $"{(place == Place.Any ? "ChildOf" : $"{place}In")}<{Code.TypeName(parent)}>()";

    internal override bool Matches(ParamSpec spec) =>
        parent.IsInstanceOfType(spec.Parent?.Module)
        && (place == Place.Any || (place == Place.First ? spec.FirstOfType : spec.LastOfType));
}
