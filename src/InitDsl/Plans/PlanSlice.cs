namespace InitDsl;

/// <summary>
/// Some rows of a parameter that a rule initialises by themselves. Where slices overlap, the later one is seen.
/// </summary>
public sealed class PlanSlice
{
    private readonly RuleSet rules;
    private readonly RowRules all;
    private IReadOnlyList<int>? shadowedNumbers;
    private IReadOnlyList<Rule>? shadowed;

    internal PlanSlice(ParamSpec spec, RuleSet rules, int ruleNumber, RowRules all, Law law, StreamKey stream, FanCount? fans)
    {
        this.rules = rules;
        this.all = all;
        Spec = spec;
        Rule = rules.Rules[ruleNumber];
        RuleNumber = ruleNumber;
        Law = law;
        Stream = stream;
        FanIn = fans?.In;
        FanOut = fans?.Out;
    }

    /// <summary>The first row.</summary>
    public long First => Spec.Rows!.First;

    /// <summary>The first row after them.</summary>
    public long End => Spec.Rows!.End;

    /// <summary>The rows, seen as a parameter of their own.</summary>
    public ParamSpec Spec { get; }

    /// <summary>The rule.</summary>
    public Rule Rule { get; }

    /// <summary>The rules that match some of these rows too and come before, first to last.</summary>
    public IReadOnlyList<Rule> Shadowed => shadowed ??= [.. ShadowedNumbers.Select(number => rules.Rules[number])];

    /// <summary>The law of the values; <see cref="KeptLaw"/> where they stay as they are.</summary>
    public Law Law { get; }

    /// <summary>The key of their random stream.</summary>
    public StreamKey Stream { get; }

    /// <summary>The fan-in that the law was computed from, otherwise the layer's; null where it has none.</summary>
    public double? FanIn { get; }

    /// <summary>The fan-out that the law was computed from, otherwise that of the rows; null where there is none.</summary>
    public double? FanOut { get; }

    /// <summary>The place of the rule in the rule set.</summary>
    internal int RuleNumber { get; }

    /// <summary>The places of the rules that lost here.</summary>
    internal IReadOnlyList<int> ShadowedNumbers => shadowedNumbers ??= ShadowedIn(Spec.Rows!);

    /// <summary>What <c>Auto</c> chose and why; null where it was not asked.</summary>
    internal AutoChoice? Auto { get; init; }

    /// <summary>The places of the rules that lost in some of these rows.</summary>
    internal IReadOnlyList<int> ShadowedIn(NamedRows rows) => all.Beneath(RuleNumber, rows);

    /// <summary>Path, rows, shape and law.</summary>
    public override string ToString() => $"{Spec} ~ {Law}";
}
