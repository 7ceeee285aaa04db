namespace InitDsl;

/// <summary>What an initializer may look at.</summary>
/// <param name="Spec">The parameter.</param>
/// <param name="Fans">Whose fans count where the initializer does not say.</param>
/// <param name="ReadValues">Reads a backend's tensor; null for objects that are not the backend's.</param>
/// <param name="Layers">The layers that the rule selects.</param>
internal sealed record ResolutionContext(
    ParamSpec Spec,
    Fans Fans,
    Func<object, (Shape Shape, double[] Values)?> ReadValues,
    RuleLayers Layers);
