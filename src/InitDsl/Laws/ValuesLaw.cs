namespace InitDsl;

/// <summary>Given values, one an element in row-major order.</summary>
public sealed record ValuesLaw : Law
{
    private readonly double[] values;

    internal ValuesLaw(double[] values)
    {
        this.values = values;
        if (values.Length == 0)
        {
            return;
        }

        Min = values.Min();
        Max = values.Max();
        Mean = values.Average();
        Std = Min == Max ? 0 : Math.Sqrt(values.Average(value => (value - Mean) * (value - Mean)));
    }

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double Std { get; }

    /// <inheritdoc/>
    public override double Min { get; }

    /// <inheritdoc/>
    public override double Max { get; }

    internal ReadOnlySpan<double> Values => values;

    internal bool AreWhole => Array.TrueForAll(values, double.IsInteger);

    internal override bool IsRandom => false;

    internal override string Digest => ValueDigest.Of(values);

    internal override Law Cast(DType dtype) => new ValuesLaw([.. values.Select(value => Precision.Round(dtype, value))]);

    private protected override Law Clamped(double low, double high) => new ValuesLaw([.. values.Select(value => Math.Clamp(value, low, high))]);

    /// <inheritdoc/>
    public override Law Scale(double factor) => new ValuesLaw([.. values.Select(value => value * factor)]);

    /// <inheritdoc/>
    public bool Equals(ValuesLaw? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(values.Length, Mean, Std);

    /// <inheritdoc/>
    public override string ToString() => $"Values({values.Length})";
}
