namespace InitDsl;

/// <summary>
/// Some rows (indices of the first dimension) of the parameters that a selector selects: a gate, a projection, a group
/// of a convolution, a range. Made by <see cref="Selector.Gate"/>, <see cref="Selector.Qkv"/>,
/// <see cref="Selector.Group"/>, <see cref="Selector.Block"/> and <see cref="Selector.Rows(long, long)"/>; immutable.
/// </summary>
/// <remarks>
/// The last match wins for each row. The last rule for whole parameters that matches is beneath; rules for rows that
/// come after it overwrite theirs, later ones over earlier; rules for rows that come before it are shadowed. Other rows
/// have the very bits that they would have without the rules for rows, and stay as they are where no rule is about
/// them. A slice is initialised as a parameter of its own: its shape, its fans (the layer's fan-in, the rows' fan-out),
/// and the slice "rows a..b" of the parameter's stream, so that equal rows have equal values whatever word named them.
/// </remarks>
public sealed class RowSlice
{
    private readonly Selector selector;
    private readonly RowChoice rows;

    internal RowSlice(Selector selector, RowChoice rows)
    {
        this.selector = selector;
        this.rows = rows;
    }

    private Rule Rule => new(selector, rows: rows);

    /// <summary>Initialises these rows of the parameters in the weight role.</summary>
    /// <param name="init">How.</param>
    public Rule Weight(Init init) => Rule.Weight(init);

    /// <summary>
    /// Initialises these rows of the parameters in the bias role. PyTorch's recurrent layers have two biases, which are
    /// added: of a gate, <c>bias_ih*</c> gets the values and <c>bias_hh*</c> zeros, so that the gate starts with this
    /// bias and not with twice it. (A GRU's <see cref="Gate.New"/> multiplies its second bias by the reset gate; at zero
    /// that makes no difference.) <c>Param("bias_hh*", …)</c> addresses one of them.
    /// </summary>
    /// <param name="init">How.</param>
    public Rule Bias(Init init) => Rule.Bias(init);

    /// <summary>Initialises these rows of the parameters whose name in their module matches a pattern.</summary>
    /// <param name="pattern">A pattern, as <c>weight_hh*</c>.</param>
    /// <param name="init">How.</param>
    public Rule Param(string pattern, Init init) => Rule.Param(pattern, init);

    /// <summary>Leaves these rows as they are, on purpose.</summary>
    public Rule Keep() => Rule.Keep();

    /// <summary>The slice as it is written in code.</summary>
    public override string ToString() => $"{selector}{rows.Text}";
}
