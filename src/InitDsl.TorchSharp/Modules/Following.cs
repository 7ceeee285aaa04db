namespace InitDsl;

/// <summary>What the output of a module goes through next.</summary>
/// <param name="Activation">The activation; null where none can be seen.</param>
/// <param name="ThroughNorm">Whether a normalization comes before it.</param>
internal readonly record struct Following(Activation? Activation, bool ThroughNorm);
