namespace InitDsl;

/// <summary>
/// Rules in order; the last one that matches a parameter wins. A monoid: <c>+</c> is associative and
/// <see cref="Empty"/> changes nothing. Immutable. A <see cref="Rule"/> is a rule set of one.
/// </summary>
public class RuleSet
{
    private readonly Rule[] rules;

    private protected RuleSet(Rule[]? rules = null) => this.rules = rules ?? [];

    /// <summary>No rules: every parameter is left alone.</summary>
    public static RuleSet Empty { get; } = new();

    /// <summary>The rules, first to last.</summary>
    public virtual IReadOnlyList<Rule> Rules => rules;

    /// <summary>The rules of one set, then those of another; the same as <see cref="Then"/>.</summary>
    public static RuleSet operator +(RuleSet first, RuleSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        return first.Then(second);
    }

    /// <summary>Puts rule sets together, first to last.</summary>
    /// <param name="sets">Rules or rule sets.</param>
    public static RuleSet Of(params RuleSet[] sets) => Of((IEnumerable<RuleSet>)sets);

    /// <summary>Puts rule sets together, first to last.</summary>
    /// <param name="sets">Rules or rule sets, as an F# list of them.</param>
    /// <typeparam name="T"><see cref="RuleSet"/> or <see cref="Rule"/>.</typeparam>
    public static RuleSet Of<T>(IEnumerable<T> sets)
        where T : RuleSet
    {
        ArgumentNullException.ThrowIfNull(sets);
        return new([.. sets.SelectMany(set => set?.Rules ?? throw new ArgumentException("A rule set is null.", nameof(sets)))]);
    }

    /// <summary>These rules, then those of another set, which win where both match.</summary>
    /// <param name="later">The rules that come after.</param>
    public RuleSet Then(RuleSet later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new([.. Rules, .. later.Rules]);
    }

    /// <summary>The same rules, for parameters at or beneath the modules whose path matches a pattern.</summary>
    /// <param name="scope">A pattern over module paths.</param>
    public RuleSet In(string scope) => new([.. Rules.Select(rule => rule.In(scope))]);

    /// <summary>The rules as they are written in code, one a line.</summary>
    public override string ToString() =>
        Rules.Count == 0 ? "RuleSet.Empty" : string.Join($"{Environment.NewLine}+ ", Rules.Select(rule => rule.ToString()));
}
