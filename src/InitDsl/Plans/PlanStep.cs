namespace InitDsl;

/// <summary>What will be written into one parameter, and why.</summary>
public sealed class PlanStep
{
    private readonly RuleSet rules;
    private readonly long seed;
    private readonly StreamKey drawn;
    private IReadOnlyList<Rule>? shadowed;
    private IReadOnlyList<WeightFile>? files;

    internal PlanStep(
        ParameterStore store, RuleSet rules, Decision decision, Law law, string streamPath, long seed, FanCount? fans)
    {
        this.rules = rules;
        Store = store;
        RuleNumber = decision.Rule;
        ShadowedNumbers = decision.Shadowed;
        Rule = rules.Rules[decision.Rule];
        Law = law;
        StreamPath = streamPath;
        this.seed = seed;
        drawn = law.IsRandom ? StreamKey.Of(seed, streamPath) : default;
        FanIn = fans?.In;
        FanOut = fans?.Out;
    }

    /// <summary>The parameter, with access to its memory.</summary>
    public ParameterStore Store { get; }

    /// <summary>What is known of the parameter.</summary>
    public ParamSpec Spec => Store.Spec;

    /// <summary>The parameter's dotted path; the first one when it is tied.</summary>
    public string Path => Spec.Path;

    /// <summary>The parameter's shape.</summary>
    public Shape Shape => Spec.Shape;

    /// <summary>
    /// The rule that won: the last one that matches. Where rules about rows come after it, it has the other rows; where
    /// they are the only ones, or leave it none, it is the last of them.
    /// </summary>
    public Rule Rule { get; }

    /// <summary>The rows that later rules initialise by themselves, first rule first.</summary>
    public IReadOnlyList<PlanSlice> Slices { get; internal init; } = [];

    /// <summary>The rules that match too and lost, first to last.</summary>
    public IReadOnlyList<Rule> Shadowed => shadowed ??= [.. ShadowedNumbers.Select(number => rules.Rules[number])];

    /// <summary>The fan-in that the law was computed from, otherwise the layer's; null where it has none.</summary>
    public double? FanIn { get; }

    /// <summary>The fan-out that the law was computed from, otherwise the layer's; null where it has none.</summary>
    public double? FanOut { get; }

    /// <summary>The law the values follow, with mean, standard deviation and bounds.</summary>
    public Law Law { get; }

    /// <summary>The key of the parameter's random stream, whether anything is drawn from it or not.</summary>
    public StreamKey Stream => Law.IsRandom ? drawn : StreamKey.Of(seed, StreamPath);

    /// <summary>The place of the rule in the rule set, where the same rule may stand twice.</summary>
    internal int RuleNumber { get; }

    /// <summary>What <c>Auto</c> chose and why; null where it was not asked.</summary>
    internal AutoChoice? Auto { get; init; }

    /// <summary>The places of the rules that lost.</summary>
    internal IReadOnlyList<int> ShadowedNumbers { get; }

    /// <summary>Whether a rule is about the whole parameter, and seen in some rows.</summary>
    internal bool HasBase { get; init; } = true;

    /// <summary>The weight files that values come from.</summary>
    internal IReadOnlyList<WeightFile> Files => files ??= [.. FilesOf(Law)];

    /// <summary>The law of the rows that no slice has.</summary>
    internal Law BaseLaw => Law is OverlaidLaw overlaid ? overlaid.Under : Law;

    /// <summary>The streams that values are drawn from.</summary>
    internal IEnumerable<StreamKey> RandomStreams => Slices.Where(slice => slice.Law.IsRandom).Select(slice => slice.Stream)
        .Concat(BaseLaw.IsRandom ? [Stream] : []);

    /// <summary>The path that names the stream: the parameter's own, or an alias.</summary>
    internal string StreamPath { get; }

    /// <summary>Path, shape and law.</summary>
    public override string ToString() => $"{Spec} ~ {Law}";

    private static IEnumerable<WeightFile> FilesOf(Law law) => law switch
    {
        FileLaw file => [file.Source.File],
        ComplexLaw { Real: FileLaw real } => [real.Source.File],
        _ => law.Parts.SelectMany(FilesOf),
    };
}
