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

    /// <summary>The initializer as it is written in code.</summary>
    public abstract override string ToString();

    internal abstract Resolution Resolve(ResolutionContext context);

    private InvalidOperationException Lacks(string what, string member) =>
        new($"{this} has no {what}: {member}(…) belongs to Xavier, Kaiming, LeCun"
            + (what == "gain" ? ", VarianceScaling and Orthogonal." : " and VarianceScaling."));
}
