namespace InitDsl;

/// <summary>
/// Presets that do not fit the model they are used on. Their rules may match nothing, each by itself; but a preset of which
/// none does, or that leaves parameters to nobody, is hardly meant.
/// </summary>
internal static class PresetFindings
{
    internal static IEnumerable<Diagnostic> Of(RuleSet rules, RuleUsage usage, IReadOnlyList<Untouched> untouched, ModelParameters model)
    {
        IGrouping<string, (Rule Rule, bool Matched)>[] presets =
        [
            .. rules.Rules.Select((rule, number) => (Rule: rule, Matched: usage.Matched(number)))
                .Where(found => found.Rule.Preset is not null).GroupBy(found => found.Rule.Preset!),
        ];
        foreach (IGrouping<string, (Rule Rule, bool Matched)> preset in presets)
        {
            if (preset.All(found => !found.Matched))
            {
                yield return Findings.PresetMatchesNothing(preset.Key, Selectors(preset), Types(model.Stores.Select(store => store.Spec)), model.ShowsParameters);
                continue;
            }

            foreach (Rule rule in preset.Where(found => !found.Matched && found.Rule.Selector.ByPath).Select(found => found.Rule))
            {
                yield return Findings.PresetNamesNothing(rule.Shown);
            }
        }

        ParamSpec[] uncovered = [.. untouched.Where(left => left.Rule is null).Select(left => left.Spec)];
        foreach (IGrouping<string, (Rule Rule, bool Matched)> preset in presets.Where(preset => preset.Any(found => found.Matched)))
        {
            ParamSpec[] left = [.. uncovered.Where(spec => preset.Any(found => found.Rule.Selector.InScope(spec)))];
            if (left.Length > 0)
            {
                bool known = Array.Exists(left, spec => spec.Kind != LayerKind.Other);
                yield return Findings.PresetLeavesAlone(preset.Key, left, Types(left), known, Array.Find(left, spec => spec.Kind == LayerKind.Other));
            }
        }
    }

    private static string[] Selectors(IEnumerable<(Rule Rule, bool Matched)> preset) =>
        [.. preset.Select(found => $"{TermCode.Brief.Of(found.Rule.Selector.Term)}{found.Rule.Rows?.Text}").Distinct()];

    private static string[] Types(IEnumerable<ParamSpec> specs) =>
        [.. specs.Select(spec => spec.ModuleType).OfType<Type>().Select(Code.TypeName).Distinct()];
}
