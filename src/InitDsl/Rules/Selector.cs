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

    /// <summary>
    /// What this selector selects of modules registered in a module of a type: <c>When&lt;Conv2d&gt;().ChildOf&lt;Bottleneck&gt;()</c>.
    /// Not of those deeper down; for these write <see cref="In"/>.
    /// </summary>
    /// <typeparam name="T">The parent's type, subclasses included.</typeparam>
    public Selector ChildOf<T>() => ChildOf(ModuleTypeName.Of(typeof(T)));

    /// <summary>
    /// What this selector selects of modules that are, of their own CLR type, the first registered in a module of a
    /// type: <c>When&lt;Conv2d&gt;().FirstIn&lt;Bottleneck&gt;()</c>. See <see cref="LastIn"/>.
    /// </summary>
    /// <typeparam name="T">The parent's type, subclasses included.</typeparam>
    public Selector FirstIn<T>() => FirstIn(ModuleTypeName.Of(typeof(T)));

    /// <summary>
    /// What this selector selects of modules that are, of their own CLR type, the last registered in a module of a type:
    /// <c>When&lt;BatchNorm2d&gt;().LastIn&lt;Bottleneck&gt;()</c> is the last norm of each residual branch. The order is that of
    /// registration (of the fields, with <c>RegisterComponents()</c>), since <c>forward</c> cannot be read; modules
    /// deeper down, as a shortcut's in a <c>Sequential</c> of its own, do not count.
    /// </summary>
    /// <typeparam name="T">The parent's type, subclasses included.</typeparam>
    public Selector LastIn<T>() => LastIn(ModuleTypeName.Of(typeof(T)));

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

    /// <summary>
    /// Gates of recurrent layers: <c>When&lt;LSTM&gt;().Gate(Gate.Forget).Bias(Ones)</c>,
    /// <c>Gate(Gate.Input | Gate.Forget)</c>. Each is a slice of its own; layers that have none of them are not selected.
    /// </summary>
    /// <param name="gate">The gate, or several.</param>
    /// <exception cref="ArgumentOutOfRangeException">No gate, or none that there is.</exception>
    public RowSlice Gate(Gate gate) => new(this, new GateRows(gate));

    /// <summary>
    /// Projections of <c>MultiheadAttention</c>, whether they are packed in one parameter or not:
    /// <c>When&lt;MultiheadAttention&gt;().Qkv(Qkv.Q | Qkv.K).Weight(Xavier)</c>. Each is a slice of its own.
    /// </summary>
    /// <param name="parts">The projections.</param>
    public RowSlice Qkv(Qkv parts) => new(this, new QkvRows(parts));

    /// <summary>
    /// One group of grouped convolutions: its output channels, of a transposed convolution's weight its input channels.
    /// Convolutions without groups, or without so many, are not selected.
    /// </summary>
    /// <param name="index">The group, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public RowSlice Group(long index) => new(this, new GroupRows(Guard.AtLeast(index, 0)));

    /// <summary>One of equal blocks of rows: <c>Named("*.c_attn").Block(3, 0)</c> are the queries of GPT-2.</summary>
    /// <param name="blocks">How many there are; the first dimension must be divisible by it.</param>
    /// <param name="index">Which of them, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one block, or no such one.</exception>
    public RowSlice Block(long blocks, long index)
    {
        Guard.AtLeast(blocks, 1);
        return index >= 0 && index < blocks
            ? new(this, new BlockRows(blocks, index))
            : throw new ArgumentOutOfRangeException(
                nameof(index), index, FormattableString.Invariant($"Block({blocks}, {index}) is none of {blocks} blocks, which count from 0 to {blocks - 1}."));
    }

    /// <summary>A range of rows: <c>When&lt;Embedding&gt;().Rows(0..4)</c>, <c>Rows(^4..)</c>.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row in it.</exception>
    public RowSlice Rows(Range rows) => new(this, new RangeRows(rows));

    /// <summary>A range of rows.</summary>
    /// <param name="first">The first row, from 0.</param>
    /// <param name="until">The first row after them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row in it.</exception>
    public RowSlice Rows(long first, long until) => new(this, new RangeRows(first, until));

    /// <summary>The selector as it is written in code.</summary>
    public sealed override string ToString() => Term.ToString();

    /// <summary>What is written: the words that make this selector again.</summary>
    internal abstract Term Term { get; }

    /// <summary>Whether matching calls a function of the user's, which may fail.</summary>
    internal bool CallsUser => UserWord is not null;

    /// <summary>The words of the selector that take a function of the user's, as <c>Where</c>; null for none.</summary>
    internal virtual string? UserWord => null;

    /// <summary>Whether the selector is about paths, which are the user's to choose.</summary>
    internal virtual bool ByPath => false;

    /// <summary>
    /// Whether single layers are meant, by their path, their place or a predicate, and not all of a type. What is said of
    /// them is meant, where the same of all would hardly be.
    /// </summary>
    internal virtual bool SinglesOut => false;

    internal abstract bool Matches(ParamSpec spec);

    /// <summary>Whether a parameter lies in the part of the model that <c>In</c> keeps the selector to.</summary>
    internal virtual bool InScope(ParamSpec spec) => true;

    /// <summary>Whether it was read from text and names types that only a model gives a meaning.</summary>
    internal virtual bool HasTypeNames => false;

    /// <summary>The same selector with the types that its names mean.</summary>
    internal virtual Selector Bind(TypeBinding types) => this;

    [InText]
    internal Selector ChildOf(ModuleTypeName type) => new AndSelector(this, new ChildSelector(type, ChildSelector.Place.Any, nameof(ChildOf)));

    [InText]
    internal Selector FirstIn(ModuleTypeName type) => new AndSelector(this, new ChildSelector(type, ChildSelector.Place.First, nameof(FirstIn)));

    [InText]
    internal Selector LastIn(ModuleTypeName type) => new AndSelector(this, new ChildSelector(type, ChildSelector.Place.Last, nameof(LastIn)));

    /// <summary>The user words of two selectors, each once.</summary>
    private protected static string? JoinWords(Selector left, Selector right) =>
        left.UserWord is not { } first || first == right.UserWord ? right.UserWord
        : right.UserWord is { } second ? $"{first} or {second}"
        : first;

    private static Selector Require(Selector selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return selector;
    }
}
