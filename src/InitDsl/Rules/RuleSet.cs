using System.Runtime.CompilerServices;
using System.Text;

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

    /// <summary>
    /// Reads rules from JSON text, as <see cref="ToJson"/> writes it. What they select by module type is a name until a
    /// plan is compiled: the model then says which type it means.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InitTextException">It is no rule set: everything that is wrong, each with line and column.</exception>
    public static RuleSet Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return RuleReader.Read(Encoding.UTF8.GetBytes(json), null);
    }

    /// <summary>
    /// Reads rules from a file of JSON text in UTF-8: see <see cref="Parse"/>. A relative path that it gives to
    /// <c>FromStateDict</c> begins at the file's own folder.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InitTextException">It is no rule set: everything that is wrong, each with line and column.</exception>
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RuleSet Load(string path) => RuleReader.Read(File.ReadAllBytes(path), path);

    /// <summary>Puts rule sets together, first to last.</summary>
    /// <param name="sets">Rules or rule sets.</param>
    public static RuleSet Of(params RuleSet[] sets) => Of((IEnumerable<RuleSet>)sets);

    /// <summary>Puts rule sets together, first to last.</summary>
    /// <param name="sets">Rules or rule sets, as an F# list of them.</param>
    /// <typeparam name="T"><see cref="RuleSet"/> or <see cref="Rule"/>.</typeparam>
    [OverloadResolutionPriority(1)]  // an array of rules fits both
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

    /// <summary>
    /// The rules as JSON text, a rule a line, which <see cref="Parse"/> reads again: the same plan, to the last bit, for every
    /// model that has the module types that they name.
    /// </summary>
    /// <remarks>
    /// Types of TorchSharp and DiffSharp are written by their short names, which in a model with a type of the user's of the
    /// same name mean that one; others in full, with namespace and containing types. Relative paths to weights stay relative:
    /// they begin at the folder of the file that the text is loaded from, and at the current directory where it is parsed.
    /// </remarks>
    /// <exception cref="NotSupportedException">
    /// Some rules hold what no text can, and each is named: a function given to <c>Where</c>, <c>When</c>, <c>From</c>,
    /// <c>MaskBy</c>, <c>Activation.Of</c> or as the <c>map</c> of <c>FromStateDict</c>; a tensor; NaN; half of a surrogate
    /// pair; words nested more than 64 deep, an initializer or selector of more than 200 or a rule of more than 1000.
    /// </exception>
    public string ToJson() => RuleWriter.Write(this);

    /// <summary>The rules as they are written in code, one a line.</summary>
    public override string ToString() =>
        Rules.Count == 0 ? "RuleSet.Empty" : string.Join($"{Environment.NewLine}+ ", Rules.Select(rule => rule.ToString()));
}
