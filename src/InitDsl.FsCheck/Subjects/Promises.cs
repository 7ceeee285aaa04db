namespace InitDsl;

/// <summary>Which fans rules scale a model's weights by, and so in which direction they keep the mean square.</summary>
internal static class Promises
{
    /// <summary>The one mode of all weights that something is multiplied with; the average where they differ.</summary>
    internal static FanMode Of(Plan plan)
    {
        FanMode[] modes =
        [
            .. plan.Steps
                .Where(step => step.Spec is { Role: ParamRole.Weight, Shape.Rank: >= 2, Kind: not (LayerKind.Normalization or LayerKind.Embedding) })
                .Select(step => Of(step.Auto?.Init ?? step.Rule.Decide(step.Spec)?.Init))
                .Distinct(),
        ];
        return modes.Length switch
        {
            0 => FanMode.FanIn,
            1 => modes[0],
            _ => FanMode.FanAverage,
        };
    }

    /// <summary>
    /// What does not say is taken for the fan-in, as PyTorch's <c>kaiming_*</c> are. An orthogonal matrix keeps the mean square in
    /// the direction in which its layer narrows.
    /// </summary>
    private static FanMode Of(Init? init) => init switch
    {
        VarianceScalingInit scaled => scaled.Mode,
        OrthogonalInit or IsometryInit => FanMode.FanAverage,
        PublishedInit published => Of(published.Meaning),
        WrappedInit wrapped => Of(wrapped.Inner),
        _ => FanMode.FanIn,
    };
}
