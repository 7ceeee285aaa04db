namespace InitDsl;

/// <summary>Laws that can be applied and are probably not meant.</summary>
internal static class LawWarnings
{
    internal static IEnumerable<Diagnostic> Of(ParamSpec spec, Rule rule, Init init, Law law)
    {
        if (spec.Role != ParamRole.Weight || spec.Shape.Rank < 2)
        {
            yield break;
        }

        if (law.Std == 0 && law.Min == law.Max && spec.Shape[0] > 1)
        {
            yield return Findings.Symmetric(spec, rule.ToString(), law);
        }

        if (spec.FollowedBy is { } activation && init.EffectiveGain is { } gain && !activation.Accepts(gain))
        {
            yield return Findings.GainMismatch(spec, rule.ToString(), gain, activation);
        }
    }
}
