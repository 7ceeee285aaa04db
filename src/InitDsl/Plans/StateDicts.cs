namespace InitDsl;

/// <summary>
/// The files that a rule set takes values from, opened for one model and closed again when its plan is compiled.
/// </summary>
internal sealed class StateDicts : IDisposable
{
    private readonly List<StateDictFile> opened = [];

    /// <summary>The places of the rules about files, which are few.</summary>
    private readonly int[] numbers = [];

    /// <param name="rules">The rules.</param>
    /// <param name="model">The model.</param>
    /// <param name="findings">Receives what is wrong with the files, and what they hold that nobody takes.</param>
    internal StateDicts(RuleSet rules, ModelParameters model, List<Diagnostic> findings)
    {
        Rules = rules;
        numbers = [.. Enumerable.Range(0, rules.Rules.Count).Where(i => rules.Rules[i].StateDict is not null)];
        if (numbers.Length == 0)
        {
            return;
        }

        Buffers = model.Buffers;
        ParameterStore[] stores = [.. model.Stores, .. Buffers];
        Rules = RuleSet.Of(rules.Rules.Select(rule => rule.StateDict is { } source ? Bind(rule, source, stores, findings) : rule));
    }

    /// <summary>The rules, those about files knowing what these hold.</summary>
    internal RuleSet Rules { get; }

    /// <summary>The buffers that files may have values for; none where no rule is about a file.</summary>
    internal IReadOnlyList<ParameterStore> Buffers { get; } = [];

    /// <summary>What files lack that must not, where no later rule decides.</summary>
    internal IEnumerable<Diagnostic> Missing(ParameterStore store, Decision decision) => numbers
        .Where(i => i > decision.Rule && Rules.Rules[i].Bound!.Misses(store.Spec) && !RowsCover(store.Spec, decision, i))
        .Select(i => Findings.MissingInFile(store.Spec, Rules.Rules[i].Shown));

    /// <summary>Which parameters do not get the very numbers of the file.</summary>
    internal static IEnumerable<Diagnostic> Rounded(IReadOnlyList<PlanStep> steps) =>
        steps.Where(step => step.BaseLaw is FileLaw { Rounded: > 0 })
            .GroupBy(step => (step.RuleNumber, ((FileLaw)step.BaseLaw).Stored, step.Spec.DType))
            .Select(group => Findings.RoundedFromFile(
                [.. group.Select(step => (step.Path, ((FileLaw)step.BaseLaw).Rounded))], group.Key.Stored, group.Key.DType, group.First().Rule.Shown));

    public void Dispose() => opened.ForEach(file => file.Dispose());

    /// <summary>Whether rules after one decide all rows.</summary>
    private static bool RowsCover(ParamSpec spec, Decision decision, int rule)
    {
        var cover = new RowCover();
        foreach (RowDecision later in decision.Rows.Where(rows => rows.Rule > rule && rows.Rows is not null))
        {
            cover.Add(later.Rows!.First, later.Rows.End);
        }

        return spec.Shape.Rank > 0 && cover.Covers(0, spec.Shape[0]);
    }

    private Rule Bind(Rule rule, StateDictSource source, ParameterStore[] stores, List<Diagnostic> findings)
    {
        StateDictFile file = StateDictFile.Open(source);
        opened.Add(file);
        return rule.Binding(BoundStateDict.Of(rule, source, file, stores, findings));
    }
}
