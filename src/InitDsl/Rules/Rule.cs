namespace InitDsl;

/// <summary>
/// A selector and what to do with the parameters it selects. Immutable: each word returns a new rule. Within a
/// rule too the last word that matches a parameter wins.
/// </summary>
public sealed class Rule : RuleSet
{
    private readonly Clause[] clauses;
    private readonly string? stream;
    private string? text;
    private string? shown;

    internal Rule(Selector selector, Clause[]? clauses = null, string? stream = null, RowChoice? rows = null)
    {
        Selector = selector;
        this.clauses = clauses ?? [];
        this.stream = stream;
        Rows = rows;
        Rules = [this];
    }

    /// <summary>This rule alone.</summary>
    public override IReadOnlyList<Rule> Rules { get; }

    /// <summary>Which parameters the rule is about.</summary>
    public Selector Selector { get; }

    internal IReadOnlyList<Clause> Clauses => clauses;

    /// <summary>
    /// A rule of a preset, which is written for many models: nobody is warned when it matches nothing, or when the
    /// user's exceptions win all it matches.
    /// </summary>
    internal bool Optional { get; private init; }

    /// <summary>The preset that the rule is part of, as it is written in code; null for a rule of the user's.</summary>
    internal string? Preset { get; private init; }

    /// <summary>The file that a rule of <c>FromStateDict</c> is about; null for all others.</summary>
    internal StateDictSource? StateDict { get; private init; }

    /// <summary>What that file has for a model; null in a rule as it was written.</summary>
    internal BoundStateDict? Bound { get; private init; }

    /// <summary>The rows of the selected parameters that the rule is about; null for all.</summary>
    internal RowChoice? Rows { get; }

    /// <summary>Initialises the parameters in the weight role: <c>weight</c>, <c>weight_ih_l0</c>, <c>in_proj_weight</c>, ….</summary>
    /// <param name="init">How.</param>
    public Rule Weight(Init init) => With(new RoleClause(nameof(Weight), ParamRole.Weight, Require(init)));

    /// <summary>Initialises the parameters in the bias role.</summary>
    /// <param name="init">How.</param>
    public Rule Bias(Init init) => With(new RoleClause(nameof(Bias), ParamRole.Bias, Rows?.Bias(Require(init)) ?? Require(init)));

    /// <summary>Initialises the parameters whose name in their module matches a pattern.</summary>
    /// <param name="pattern">A pattern, as <c>weight_hh*</c>.</param>
    /// <param name="init">How.</param>
    public Rule Param(string pattern, Init init) => With(new NameClause(nameof(Param), new(pattern), Require(init)));

    /// <summary>Leaves all selected parameters as they are, on purpose.</summary>
    public Rule Keep() => With(new KeepClause(nameof(Keep)));

    /// <summary>
    /// Draws the selected parameters as if their module had another path, so that renaming a module changes no
    /// value: <c>Named("encoder.proj").Weight(Kaiming).StreamAs("enc.projection")</c>.
    /// </summary>
    /// <param name="modulePath">The path the module had.</param>
    public Rule StreamAs(string modulePath)
    {
        ArgumentNullException.ThrowIfNull(modulePath);
        return Like(Selector, clauses, modulePath);
    }

    /// <summary>The rule as it is written in code.</summary>
    public override string ToString() => text ??= Term.ToString();

    /// <summary>The rule in plans and messages: a preset's by the preset, which is what the user wrote, and shortened.</summary>
    internal string Shown => shown ??= Preset is null ? ToString() : $"{Preset} › {TermCode.Brief.Of(Term)}";

    /// <summary>What is written: the words that make this rule again.</summary>
    internal Term Term
    {
        get
        {
            Term term = Rows is null ? Selector.Term : Selector.Term.Then(Rows.Term);
            foreach (Clause clause in clauses.Where(clause => clause is not StateDictClause))
            {
                term = term.Then(clause.Word, clause.Arguments);
            }

            return stream is null ? term : term.Then(nameof(StreamAs), stream);
        }
    }

    /// <summary>The same rule, for parameters at or beneath the modules whose path matches a pattern.</summary>
    /// <param name="scope">A pattern over module paths.</param>
    public new Rule In(string scope) => Like(Selector.In(scope), clauses, stream);

    /// <summary>The clause that decides for a parameter; null when the rule is not about it.</summary>
    internal Clause? Decide(ParamSpec spec)
    {
        // The clauses first: they are cheap, and most rules speak of one role.
        for (int i = clauses.Length - 1; i >= 0; i--)
        {
            if (clauses[i].Covers(spec))
            {
                return Selects(spec) ? clauses[i] : null;
            }
        }

        return null;
    }

    /// <summary>The rule that takes from a file whatever it has.</summary>
    internal static Rule Of(StateDictSource source) =>
        new(new StateDictSelector(source), [new StateDictClause(new StateDictInit(null))]) { StateDict = source };

    /// <summary>The same rule for one model, knowing what the file has for it.</summary>
    internal Rule Binding(BoundStateDict bound) =>
        new(new BoundSelector(this, bound), [new StateDictClause(new StateDictInit(bound))])
        {
            Optional = Optional,
            Preset = Preset,
            StateDict = StateDict,
            Bound = bound,
        };

    /// <summary>The same rule as one that may match nothing, and lose everywhere.</summary>
    [InText]
    internal Rule AsOptional() =>
        new(Selector, clauses, stream, Rows) { Optional = true, Preset = Preset, StateDict = StateDict, Bound = Bound };

    /// <summary>The same rule as one of a preset.</summary>
    /// <param name="preset">Which, as it is written in code.</param>
    [InText]
    internal Rule AsOptional(string preset) =>
        new(Selector, clauses, stream, Rows) { Optional = true, Preset = preset, StateDict = StateDict, Bound = Bound };

    /// <summary>The same rule with the types that its names mean.</summary>
    internal Rule Bind(TypeBinding types) => Like(Selector.Bind(types), clauses, stream);

    /// <summary>The same rule, whose file of weights lies beside the file that it was read from.</summary>
    internal Rule ReadFrom(string folder) => StateDict is null
        ? this
        : new(Selector, clauses, stream, Rows) { Optional = Optional, Preset = Preset, StateDict = StateDict with { Folder = folder }, Bound = Bound };

    /// <summary>Whether the rule is about a parameter, if one of its words is.</summary>
    internal bool Selects(ParamSpec spec) => Rows?.AppliesTo(spec) is not false && Selector.Matches(spec);

    /// <summary>The path that names a parameter's stream.</summary>
    internal string StreamPath(ParamSpec spec) =>
        stream is null ? spec.Path : DottedPath.Of(stream, spec.QualifiedName);

    private static Init Require(Init init)
    {
        ArgumentNullException.ThrowIfNull(init);
        return init;
    }

    /// <summary>A rule that is this one in everything else.</summary>
    private Rule Like(Selector selector, Clause[] words, string? modulePath) =>
        new(selector, words, modulePath, Rows) { Optional = Optional, Preset = Preset, StateDict = StateDict, Bound = Bound };

    /// <exception cref="InvalidOperationException">The rule is one of <c>FromStateDict</c>, which says by itself what the values are.</exception>
    private Rule With(Clause clause) => StateDict is null
        ? Like(Selector, [.. clauses, clause], stream)
        : throw new InvalidOperationException($"{this} says all values by itself: write a rule of its own for {clause.Word}.");
}
