namespace InitDsl;

/// <summary>
/// What a rule set does to a model, decided and checked: nothing has been touched. Read it (<see cref="Steps"/>,
/// <see cref="Explain"/>), then <c>Apply()</c>, then <c>Verify()</c>.
/// </summary>
public sealed class Plan
{
    internal Plan(
        ModelParameters model,
        RuleSet rules,
        RandomSource source,
        IReadOnlyList<PlanStep> steps,
        IReadOnlyList<Untouched> untouched,
        IReadOnlyList<Diagnostic> diagnostics)
    {
        Model = model;
        Rules = rules;
        Source = source;
        Steps = steps;
        Untouched = untouched;
        Diagnostics = diagnostics;
    }

    /// <summary>The model, as the backend sees it.</summary>
    public ModelParameters Model { get; }

    /// <summary>The rules the plan was compiled from.</summary>
    public RuleSet Rules { get; }

    /// <summary>Where the random numbers come from.</summary>
    public RandomSource Source { get; }

    /// <summary>The seed.</summary>
    public long Seed => Source.Seed;

    /// <summary>One step a parameter that is written, in the order of the model.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>The parameters that are left alone, in the order of the model.</summary>
    public IReadOnlyList<Untouched> Untouched { get; }

    /// <summary>Warnings and information; errors would have kept the plan from being made.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>
    /// A hash of what decides the values: rules, laws, shapes, seed and streams. See <see cref="PlanRecord.Fingerprint"/>.
    /// </summary>
    public string Fingerprint => Record().Fingerprint;

    /// <summary>The plan as a value, without the model: for a training log, and for comparing.</summary>
    public PlanRecord Record() => PlanRecorder.Of(this);

    /// <summary>What another plan does differently: which parameters have another rule, law or stream, or are new or gone.</summary>
    /// <param name="other">The later plan.</param>
    public PlanDiff Diff(Plan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Record().Diff(other.Record());
    }

    /// <summary>The plan as JSON text, which <see cref="PlanRecord.Parse"/> reads again.</summary>
    public string ToJson() => Record().ToJson();

    /// <summary>
    /// The plan as an aligned table: a row a parameter with its rule, fans, law, moments and bounds; then the
    /// rules and the diagnostics.
    /// </summary>
    /// <param name="fold">Whether repeated blocks (<c>h.0</c>, <c>h.1</c>, …) share a row; true by default.</param>
    public string Explain(bool fold = true) => Explanation.Of(this, fold);

    /// <summary>The same as <see cref="Explain"/>.</summary>
    public override string ToString() => Explain();
}
