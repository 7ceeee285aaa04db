namespace InitDsl;

/// <summary>
/// Which parameters a rule is about. Made by <c>When</c>, <c>Named</c>, <c>Where</c>, <c>In</c> and <c>All</c> of
/// <see cref="Dsl"/>; immutable.
/// </summary>
public abstract class Selector
{
    private protected Selector()
    {
    }

    /// <summary>Both; the same as <see cref="And"/>.</summary>
    public static Selector operator &(Selector left, Selector right) => Require(left).And(right);

    /// <summary>Either or both; the same as <see cref="Or"/>.</summary>
    public static Selector operator |(Selector left, Selector right) => Require(left).Or(right);

    /// <summary>Everything else; the same as <see cref="Not"/>.</summary>
    public static Selector operator !(Selector selector) => Require(selector).Not();

    /// <summary>What this and another selector both select.</summary>
    /// <param name="other">The other selector.</param>
    public Selector And(Selector other) => new AndSelector(this, Require(other));

    /// <summary>What this or another selector selects.</summary>
    /// <param name="other">The other selector.</param>
    public Selector Or(Selector other) => new OrSelector(this, Require(other));

    /// <summary>What this selector does not select.</summary>
    public Selector Not() => new NotSelector(this);

    /// <summary>What this selector selects at or beneath the modules whose path matches a pattern.</summary>
    /// <param name="scope">A pattern over module paths: <c>*</c> any text, <c>?</c>, <c>[abc]</c>, <c>{a,b}</c>.</param>
    public Selector In(string scope) => new AndSelector(this, new ScopeSelector(scope));

    /// <summary>Initialises the parameters in the weight role.</summary>
    /// <param name="init">How.</param>
    public Rule Weight(Init init) => new Rule(this).Weight(init);

    /// <summary>Initialises the parameters in the bias role.</summary>
    /// <param name="init">How.</param>
    public Rule Bias(Init init) => new Rule(this).Bias(init);

    /// <summary>Initialises the parameters whose name in their module matches a pattern.</summary>
    /// <param name="pattern">A pattern, as <c>weight_hh*</c>.</param>
    /// <param name="init">How.</param>
    public Rule Param(string pattern, Init init) => new Rule(this).Param(pattern, init);

    /// <summary>Leaves all selected parameters as they are, on purpose.</summary>
    public Rule Keep() => new Rule(this).Keep();

    /// <summary>The selector as it is written in code.</summary>
    public abstract override string ToString();

    /// <summary>Whether matching calls a function of the user's, which may fail.</summary>
    internal virtual bool CallsUser => false;

    internal abstract bool Matches(ParamSpec spec);

    private static Selector Require(Selector selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return selector;
    }
}
