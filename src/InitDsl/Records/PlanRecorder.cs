using System.Globalization;

namespace InitDsl;

/// <summary>Makes the record of a plan.</summary>
internal static class PlanRecorder
{
    internal const string Philox = "Philox";
    internal const string Torch = "Torch";

    internal static PlanRecord Of(Plan plan)
    {
        TorchSequence? torch = plan.Source is RandomSource.TorchSource ? new() : null;
        var parameters = new List<ParameterRecord>();
        Dictionary<ParamSpec, PlanStep> steps = plan.Steps.ToDictionary(step => step.Spec);
        Dictionary<ParamSpec, Untouched> untouched = plan.Untouched.ToDictionary(left => left.Spec);
        foreach (ParameterStore store in plan.Model.Stores)
        {
            if (!steps.TryGetValue(store.Spec, out PlanStep? step))
            {
                parameters.Add(New(store.Spec, untouched[store.Spec].Rule));
                continue;
            }

            string? draw = torch?.Draw(step);
            parameters.Add(New(store.Spec, step.HasBase ? step.Rule : null, step.BaseLaw, draw ?? Hex(step.Stream)));
            parameters.AddRange(step.Slices.Select(slice => New(slice.Spec, slice.Rule, slice.Law, draw ?? Hex(slice.Stream))));
        }

        // Buffers, which only files have values for.
        parameters.AddRange(plan.Steps.Where(step => step.Spec.Role == ParamRole.Buffer).Select(step => New(step.Spec, step.Rule, step.BaseLaw)));
        return new(plan.Model.Name, torch is null ? Philox : Torch, plan.Seed, parameters);
    }

    private static ParameterRecord New(ParamSpec spec, Rule? rule, Law? law = null, string? stream = null)
    {
        var record = new ParameterRecord($"{spec.Path}{spec.Rows?.Text}", spec.Shape.ToString(), spec.DType.ToString())
        {
            Rule = rule is null ? null : TermCode.Exact.Of(rule.Term),
        };
        return law is null or KeptLaw ? record : record with
        {
            Law = law.Digest is { Length: > 0 } digest ? $"{law} {digest}" : law.ToString(),
            Mean = law.Mean,
            Std = law.Std,
            Min = law.Min,
            Max = law.Max,
            Stream = law.IsRandom ? stream : null,
        };
    }

    private static string Hex(StreamKey key) => key.Value.ToString("x16", CultureInfo.InvariantCulture);
}
