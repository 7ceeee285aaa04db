namespace InitDsl;

/// <summary>A type of modules, as it is written: known from code, or a name from text that a model gives a meaning.</summary>
/// <param name="Name">The short name, or in text the one with its namespace.</param>
/// <param name="Type">The type; null as long as only its name is known.</param>
internal sealed record ModuleTypeName(string Name, Type? Type = null)
{
    /// <summary>Where a name stands that was read from text; null where the type is known from code.</summary>
    internal TextPlace? Place { get; init; }

    internal static ModuleTypeName Of(Type type) => new(Code.TypeName(type), type);

    /// <summary>
    /// The name that text has: of the libraries' own modules the short one, which everybody calls them by; of others one
    /// that no second type has.
    /// </summary>
    internal string Full => Type is null || IsOfLibrary(Type) ? Name : Code.FullTypeName(Type);

    /// <summary>Whether a type is meant, by its short name or by that with its namespace.</summary>
    internal bool Means(Type type) => Type is { } known ? known == type : Name == Code.TypeName(type) || Name == Code.FullTypeName(type);

    /// <summary>The short name, as in code.</summary>
    public override string ToString() => Code.ShortTypeName(Name);

    private static bool IsOfLibrary(Type type) => type.Namespace?.Split('.')[0] is "TorchSharp" or "DiffSharp";
}
