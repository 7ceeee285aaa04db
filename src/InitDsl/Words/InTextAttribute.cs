namespace InitDsl;

/// <summary>
/// A word that text has beside the public members of the language: with type names where code has type arguments, and
/// what presets say of their rules.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InTextAttribute : Attribute
{
    /// <summary>The word, where the method cannot have its name; null for the method's name.</summary>
    public string? Word { get; set; }
}
