namespace InitDsl;

/// <summary>Rows that keep the values they have. What these are is not known: no moments, no bounds.</summary>
public sealed record KeptLaw : Law
{
    /// <inheritdoc/>
    public override double Mean => double.NaN;

    /// <inheritdoc/>
    public override double Std => double.NaN;

    /// <inheritdoc/>
    public override double Min => double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Max => double.PositiveInfinity;

    internal override bool IsRandom => false;

    /// <summary>The same: of unknown values times a factor no more is known.</summary>
    /// <param name="factor">Any finite number.</param>
    public override Law Scale(double factor) => this;

    /// <inheritdoc/>
    public override string ToString() => "kept";
}
