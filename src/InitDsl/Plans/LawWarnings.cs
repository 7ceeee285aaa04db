namespace InitDsl;

/// <summary>Laws that can be applied and are probably not meant.</summary>
internal static class LawWarnings
{
    /// <param name="spec">The parameter, or rows of it.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="init">What it says.</param>
    /// <param name="law">What that comes to.</param>
    /// <param name="rows">In how many rows the law is seen; null for all.</param>
    internal static IEnumerable<Diagnostic> Of(ParamSpec spec, Rule rule, Init init, Law law, long? rows = null)
    {
        if (law is FileLaw)
        {
            // Trained values are what they are.
            yield break;
        }

        if (spec.PaddingIndex is not null && law is not (PaddedLaw or ConstantLaw { Value: 0 }))
        {
            yield return Findings.PaddingDrawn(spec, rule.Shown);
        }

        if (spec.Role != ParamRole.Weight || spec.Shape.Rank < 2)
        {
            yield break;
        }

        if (law is { IsRandom: false, Std: 0 } && (rows ?? spec.Shape[0]) > 1 && !IsMeant(spec, rule))
        {
            yield return Findings.Symmetric(spec, rule.Shown, law);
        }

        // A normalization in between rescales: no gain is wrong then.
        if (spec is { NormFollows: false, FollowedBy: { } activation } && init.EffectiveGain is { } gain && !Fits(init, gain, activation))
        {
            // What the layer does to the variance of its input, and the activation after it.
            double layer = spec.LayerFans is { } fans ? fans.In * law.Std * law.Std : gain * gain;
            yield return Findings.GainMismatch(spec, rule.Shown, gain, layer / (activation.Gain * activation.Gain), activation);
        }
    }

    /// <summary>
    /// Whether a constant is what the user, or the author of a preset, wants there: of layers that are singled out, as the last
    /// of each branch, and of rows. The ones of a norm over several dimensions make nothing alike.
    /// </summary>
    private static bool IsMeant(ParamSpec spec, Rule rule) =>
        rule.Optional || rule.Selector.SinglesOut || spec.Rows is not null || spec.Kind == LayerKind.Normalization;

    /// <summary>Who names an activation means that one; who does not gets some leeway.</summary>
    private static bool Fits(Init init, double gain, Activation follows) =>
        init.Intended is { } intended ? follows.StandsFor(intended) : follows.Accepts(gain);
}
