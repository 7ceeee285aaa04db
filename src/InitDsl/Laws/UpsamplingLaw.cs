namespace InitDsl;

/// <summary>
/// A transposed convolution that interpolates linearly along each axis of the kernel: within each group, input
/// channel d feeds output channel d with the product of the axes' weights 1 − |x − c|/f, f = ⌈size/2⌉ and
/// c = (size − 1)/2; other channels get 0.
/// </summary>
/// <param name="Shape">[in, out/groups, kernel…], as many channels on both sides of each group.</param>
/// <param name="Value">What the weights are multiplied by.</param>
public sealed record UpsamplingLaw(Shape Shape, double Value) : Law
{
    /// <inheritdoc/>
    public override double Mean => Shape.Elements == 0 ? 0 : Value * Average(weight => weight) / Shape[1];

    /// <inheritdoc/>
    public override double Std
    {
        get
        {
            double meanSquare = Shape.Elements == 0 ? 0 : Value * Value * Average(weight => weight * weight) / Shape[1];
            return Math.Sqrt(Math.Max(0, meanSquare - (Mean * Mean)));
        }
    }

    /// <inheritdoc/>
    public override double Min => Math.Min(Value * Largest, Value * Smallest);

    /// <inheritdoc/>
    public override double Max => Math.Max(Value * Largest, Value * Smallest);

    internal override bool IsRandom => false;

    private double Largest => Shape.Skip(2).Aggregate(1.0, (product, size) => product * Weights(size).Max());

    private double Smallest => Shape[1] > 1 ? 0 : Shape.Skip(2).Aggregate(1.0, (product, size) => product * Weights(size).Min());

    /// <summary>The weights along an axis of the kernel.</summary>
    internal static double[] Weights(long size)
    {
        long half = (size + 1) / 2;
        double centre = (size - 1) / 2.0;
        return [.. Enumerable.Range(0, checked((int)size)).Select(x => 1 - (Math.Abs(x - centre) / half))];
    }

    /// <summary>Whether a first and a second index are the same channel of a group.</summary>
    internal bool Connects(long first, long second) => first % Shape[1] == second;

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Value = Value * factor };

    /// <inheritdoc/>
    public override string ToString() => "Upsampling" + (Value == 1 ? "" : $" × {Numbers.Six(Value)}");

    private double Average(Func<double, double> of) =>
        Shape.Skip(2).Aggregate(1.0, (product, size) => product * Weights(size).Average(of));
}
