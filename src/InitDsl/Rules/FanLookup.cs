namespace InitDsl;

/// <summary>Finds the fans that a scaled law divides by.</summary>
internal static class FanLookup
{
    /// <summary>The fans, or why there are none.</summary>
    /// <param name="init">The initializer, for the texts of problems.</param>
    /// <param name="context">The parameter.</param>
    /// <param name="fans">Whose fans; null for those of the context.</param>
    /// <param name="count">The fans, where the result is null.</param>
    internal static Problem? Of(Init init, ResolutionContext context, Fans? fans, out FanCount count)
    {
        ParamSpec spec = context.Spec;
        count = default;
        if (spec.Shape.Rank < 2)
        {
            return new(
                $"{init} needs a fan-in and a fan-out, and a parameter of {(spec.Shape.Rank == 1 ? "one dimension" : "no dimensions")} has none.",
                spec.Role == ParamRole.Bias
                    ? "Write .Bias(Zeros), or .Bias(From(p => …)) with the fan-in of the layer, p.FanIn."
                    : "Write Ones, Const(…) or Normal(std: …), or exclude this layer with a later rule.");
        }

        if (((fans ?? context.Fans) == Fans.Torch ? spec.TorchFans : spec.LayerFans) is not { } known)
        {
            return new(
                $"{init} needs a fan-in and a fan-out, and this layer has none.",
                "Write Normal(std: …), or From(p => …) with numbers of your own.");
        }

        count = known;
        return null;
    }
}
