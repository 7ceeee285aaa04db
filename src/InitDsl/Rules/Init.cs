namespace InitDsl;

/// <summary>
/// The law that values should follow, said before shapes are known: immutable data, made by the words of
/// <see cref="Dsl"/> and changed by combinators that return a new one.
/// </summary>
public abstract class Init
{
    private protected Init()
    {
    }

    /// <summary>What is written: the words that make this initializer again.</summary>
    internal abstract Term Term { get; }

    /// <summary>The gain that the weights are given, where the initializer speaks of one.</summary>
    internal virtual double? EffectiveGain => null;

    /// <summary>The activation that <see cref="For"/> named.</summary>
    internal virtual Activation? Intended => null;

    /// <summary>Scales by the number of inputs of the layer, which keeps variance in the forward pass.</summary>
    /// <exception cref="InvalidOperationException">This initializer has no fans.</exception>
    public virtual Init FanIn() => throw Lacks("fans", nameof(FanIn));

    /// <summary>Scales by the number of outputs of the layer, which keeps variance in the backward pass.</summary>
    /// <exception cref="InvalidOperationException">This initializer has no fans.</exception>
    public virtual Init FanOut() => throw Lacks("fans", nameof(FanOut));

    /// <summary>Scales by the average of fan-in and fan-out (Glorot and Bengio 2010).</summary>
    /// <exception cref="InvalidOperationException">This initializer has no fans.</exception>
    public virtual Init FanAverage() => throw Lacks("fans", nameof(FanAverage));

    /// <summary>Says whose fan-in and fan-out to use.</summary>
    /// <param name="fans">The layer's own (default), or PyTorch's.</param>
    /// <exception cref="InvalidOperationException">This initializer has no fans.</exception>
    public virtual Init WithFans(Fans fans) => throw Lacks("fans", nameof(WithFans));

    /// <summary>Replaces the gain: what the standard deviation is multiplied by.</summary>
    /// <param name="gain">A positive number.</param>
    /// <exception cref="InvalidOperationException">This initializer has no gain.</exception>
    public virtual Init Gain(double gain) => throw Lacks("gain", nameof(Gain));

    /// <summary>Replaces the gain by the one that fits an activation.</summary>
    /// <param name="activation">The activation that follows the layer.</param>
    /// <exception cref="InvalidOperationException">This initializer has no gain.</exception>
    public virtual Init For(Activation activation) => throw Lacks("gain", nameof(For));

    /// <summary>Multiplies every value by a factor.</summary>
    /// <param name="factor">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite.</exception>
    public Init Scale(double factor) => new ScaledInit(this, Guard.Finite(factor));

    /// <summary>
    /// Moves values into an interval: what lies outside becomes the nearer bound. It is not a truncation, which draws
    /// such values anew (<see cref="Dsl.TruncNormal"/>). Moments are known in closed form for normal and uniform laws,
    /// truncated or not; otherwise unknown unless no value lies outside.
    /// </summary>
    /// <param name="min">The least value; −∞ for none.</param>
    /// <param name="max">The largest, not below the least; +∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is NaN, both are the same infinity, or max is below min.</exception>
    public Init Clamp(double min, double max)
    {
        new ArgumentChecks()
            .Require(min < double.PositiveInfinity, min, $"must be a number below Infinity, not {ArgumentChecks.Text(min)}", nameof(min))
            .Require(max > double.NegativeInfinity, max, $"must be a number above -Infinity, not {ArgumentChecks.Text(max)}", nameof(max))
            .NotBelow(max, min)
            .Throw();
        return new ClampedInit(this, min, max);
    }

    /// <summary>
    /// Keeps the values where a mask is 1 and writes zeros where it is 0. A share s of values that stay multiplies the
    /// mean by s and the mean square by s.
    /// </summary>
    /// <param name="mask">
    /// Zeros and ones (or truth values): an array, copied now, or a tensor of the backend's, read when a plan is
    /// compiled; of the parameter's shape, or flat in row-major order.
    /// </param>
    /// <exception cref="ArgumentException">A single number, or an array of something else.</exception>
    public Init Mask(object mask) => new MaskInit(this, new(mask, "Mask"));

    /// <summary>
    /// Keeps the values where a function of the index says so and writes zeros elsewhere:
    /// <c>MaskBy(at => at[1] &lt;= at[0])</c> keeps the lower triangle.
    /// </summary>
    /// <param name="keep">
    /// Is given one index a dimension, and called for every element when a plan is compiled; the list is the same
    /// object each time. Must depend on its argument alone.
    /// </param>
    public Init MaskBy(Func<IReadOnlyList<long>, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return new MaskByInit(this, keep);
    }

    /// <summary>
    /// weight·x + (1 − weight)·y, with x from this initializer and y from another, independent of it: x takes the
    /// parameter's stream, y the slice "blend" of it (the next blend in a chain "blend 2", and so on). Means blend as
    /// the values do; variances are multiplied by the squares of the weights and added.
    /// </summary>
    /// <param name="other">The other initializer.</param>
    /// <param name="weight">The share of this one, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not in [0, 1].</exception>
    public Init Blend(Init other, double weight)
    {
        ArgumentNullException.ThrowIfNull(other);
        new ArgumentChecks().Require(
            weight is >= 0 and <= 1,
            weight,
            $"must be from 0 (the other initializer alone) to 1 (this one alone), not {ArgumentChecks.Text(weight)}",
            nameof(weight)).Throw();
        return new BlendInit(this, other, weight);
    }

    /// <summary>
    /// Rounds every value to a dtype, ties to even, whatever the parameter's own: a float32 master copy that starts
    /// as its bfloat16 working copy.
    /// </summary>
    /// <param name="dtype">A real floating-point dtype.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dtype is complex or of whole numbers.</exception>
    public Init Cast(DType dtype) =>
        dtype.IsReal()
            ? new CastInit(this, dtype)
            : throw new ArgumentOutOfRangeException(nameof(dtype), dtype, $"dtype must be Float16, BFloat16, Float32 or Float64, not {dtype}.");

    /// <summary>
    /// Initializes each block of the layer along the first dimension as a parameter of its own, with its own shape,
    /// fans and stream (slice "block i/n"): the gates of a recurrent layer, the three parts of a packed
    /// query-key-value projection. <c>Orthogonal().PerBlock()</c> makes every gate orthogonal.
    /// </summary>
    public Init PerBlock() => new PerBlockInit(this, null);

    /// <summary>The same for so many equal blocks, as the groups of a convolution.</summary>
    /// <param name="blocks">How many; the first dimension must be divisible by it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one block.</exception>
    public Init PerBlock(long blocks) => new PerBlockInit(this, Guard.AtLeast(blocks, 1));

    /// <summary>
    /// Initializes the n-th part of the rows, as a parameter of its own, and writes each row n times, one copy after
    /// the other (as <c>torch.repeat_interleave</c> on the first dimension).
    /// </summary>
    /// <param name="times">How often; the first dimension must be divisible by it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than once.</exception>
    public Init RepeatEach(long times) => new RepeatedInit(this, Guard.AtLeast(times, 1));

    /// <summary>
    /// Zeros in the row of an embedding that stands for padding (its <c>padding_idx</c>), where there is one:
    /// <c>Normal(std: 0.02).ZeroPaddingRow()</c>. Such a row gets no gradient, and stays as it starts. It belongs to the
    /// whole table: write it last, after <c>PerBlock</c> and <c>RepeatEach</c>.
    /// </summary>
    public Init ZeroPaddingRow() => new PaddingRowInit(this);

    /// <summary>The initializer as it is written in code.</summary>
    public sealed override string ToString() => Term.ToString();

    internal abstract Resolution Resolve(ResolutionContext context);

    private InvalidOperationException Lacks(string what, string member) =>
        new($"{this} has no {what}: {member}(…) belongs to Xavier, Kaiming, LeCun"
            + (what == "gain" ? ", VarianceScaling and Orthogonal." : " and VarianceScaling."));
}
