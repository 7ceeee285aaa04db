namespace InitDsl;

/// <summary>
/// A convolution that passes its inputs through: within each group, output channel d has a 1 at input channel d
/// and the kernel's centre (index size/2), for as many channels as both sides have. As PyTorch's <c>dirac_</c>.
/// </summary>
/// <param name="Shape">[out, in/groups, kernel…].</param>
/// <param name="Groups">How many equal groups the output channels are split into.</param>
/// <param name="Value">The value at the centres.</param>
public sealed record DiracLaw(Shape Shape, long Groups, double Value) : Law
{
    /// <inheritdoc/>
    public override double Mean => Value * Share;

    /// <inheritdoc/>
    public override double Std => Math.Abs(Value) * Math.Sqrt(Share * (1 - Share));

    /// <inheritdoc/>
    public override double Min => Math.Min(0, Value);

    /// <inheritdoc/>
    public override double Max => Math.Max(0, Value);

    internal long ChannelsPerGroup => Math.Min(Shape[0] / Groups, Shape[1]);

    private double Share => Shape.Elements == 0 ? 0 : (double)(Groups * ChannelsPerGroup) / Shape.Elements;

    internal override bool IsRandom => false;

    internal override Law Cast(DType dtype) => this with { Value = Precision.Round(dtype, Value) };

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Value = Value * factor };

    /// <inheritdoc/>
    public override string ToString() =>
        (Groups == 1 ? "Dirac" : $"Dirac({Groups})") + (Value == 1 ? "" : $" × {Numbers.Six(Value)}");
}
