namespace InitDsl;

/// <summary>A matrix at one position of a convolution's kernel, zeros at all others.</summary>
/// <param name="Matrix">The law of the matrix [size of the first dimension, size of the second].</param>
/// <param name="Kernel">How many positions the kernel has.</param>
/// <param name="Position">The position of the matrix, in row-major order.</param>
public sealed record CentredLaw(Law Matrix, long Kernel, long Position) : Law
{
    /// <inheritdoc/>
    public override double Mean => Mixture.Mean(Mixed);

    /// <inheritdoc/>
    public override double Std => Mixture.Std(Mixed);

    /// <inheritdoc/>
    public override double Min => Kernel == 1 ? Matrix.Min : Math.Min(0, Matrix.Min);

    /// <inheritdoc/>
    public override double Max => Kernel == 1 ? Matrix.Max : Math.Max(0, Matrix.Max);

    internal override bool IsRandom => Matrix.IsRandom;

    internal override int Components => Matrix.Components;

    internal override IReadOnlyList<Law> Parts => [Matrix];

    private (double Share, Law Law)[] Mixed => [(1.0 / Kernel, Matrix), (1 - (1.0 / Kernel), new ConstantLaw(0))];

    internal override Law With(IReadOnlyList<Law> parts) => this with { Matrix = parts[0] };

    internal override Law Cast(DType dtype) => this with { Matrix = Matrix.Cast(dtype) };

    /// <summary>The index of one position of the kernel, <paramref name="at"/> of each size.</summary>
    internal static long PositionOf(Shape shape, Func<long, long> at)
    {
        long position = 0;
        foreach (long size in shape.Skip(2))
        {
            position = (position * size) + at(size);
        }

        return position;
    }

    /// <inheritdoc/>
    public override Law Scale(double factor) => this with { Matrix = Matrix.Scale(factor) };

    /// <inheritdoc/>
    public override string ToString() => Kernel == 1 ? Matrix.ToString()! : $"{Matrix} at kernel position {Position} of {Kernel}";
}
