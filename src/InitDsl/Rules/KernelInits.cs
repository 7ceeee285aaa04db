namespace InitDsl;

/// <summary>A convolution that keeps lengths: needs a kernel, one group, and no fewer outputs than inputs.</summary>
internal abstract class IsometryInit(string word, double gain) : Init
{
    internal override double? EffectiveGain => Math.Abs(gain);

    public override Init Gain(double gain) => With(Guard.Finite(gain));

    public override Init For(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return With(activation.Gain);
    }

    internal override Term Term => gain == 1 ? Term.Call(word) : Term.Call(word, gain);

    internal override Resolution Resolve(ResolutionContext context)
    {
        ParamSpec spec = context.Spec;
        Shape shape = spec.Shape;
        if (Kernels.WhyNot(this, shape, "For a matrix write Orthogonal().") is { } problem)
        {
            return problem;
        }

        if (spec.Groups is var groups and > 1)
        {
            return new Problem(
                $"{this} keeps lengths through one matrix, and this convolution has {groups} groups with a matrix each.",
                $"Write {this}.PerBlock({groups}).");
        }

        (long outputs, long inputs) = spec.Kind == LayerKind.TransposedConvolution ? (shape[1], shape[0]) : (shape[0], shape[1]);
        if (inputs > outputs)
        {
            return new Problem(
                $"{this} keeps the length of every input, so it needs at least as many output channels as input channels, and {outputs} < {inputs}.",
                "Write Orthogonal(), or Kaiming.");
        }

        return shape.Elements == 0 ? new ConstantLaw(0)
            : shape.Elements > Array.MaxLength ? OrthogonalInit.TooLarge(this, shape)
            : LawOf(spec, gain);
    }

    /// <summary>The law, for a kernel that has elements.</summary>
    protected abstract Resolution LawOf(ParamSpec spec, double gain);

    /// <summary>The same with another gain.</summary>
    protected abstract Init With(double gain);
}

/// <summary>A matrix with orthonormal columns at the centre of a convolution's kernel.</summary>
internal sealed class DeltaOrthogonalInit(double gain) : IsometryInit(nameof(Dsl.DeltaOrthogonal), gain)
{
    protected override Init With(double gain) => new DeltaOrthogonalInit(gain);

    protected override Resolution LawOf(ParamSpec spec, double gain) =>
        new CentredLaw(
            new OrthogonalLaw(spec.Shape[0], spec.Shape[1], gain),
            Kernels.Size(spec.Shape),
            CentredLaw.PositionOf(spec.Shape, size => (size - 1) / 2));
}

/// <summary>An isometry spread over the whole kernel.</summary>
internal sealed class BlockOrthogonalInit(double gain) : IsometryInit(nameof(Dsl.BlockOrthogonal), gain)
{
    protected override Init With(double gain) => new BlockOrthogonalInit(gain);

    protected override Resolution LawOf(ParamSpec spec, double gain) =>
        spec.Kind == LayerKind.TransposedConvolution ? new Problem($"{this} is a law of convolutions that are not transposed.", "Write DeltaOrthogonal().")
        : spec.Shape.Skip(2).Distinct().Count() > 1 ? new Problem($"{this} needs a kernel of equal sizes, and the shape is {spec.Shape}.", "Write DeltaOrthogonal().")
        : new BlockOrthogonalLaw(spec.Shape, gain);
}

/// <summary>Linear interpolation by a transposed convolution.</summary>
internal sealed class UpsamplingInit(long groups) : Init
{
    internal override Term Term => groups == 1 ? Term.Call(nameof(Dsl.BilinearUpsampling)) : Term.Call(nameof(Dsl.BilinearUpsampling), groups);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        if (Kernels.WhyNot(this, shape, "Write it for the weight of a transposed convolution.") is { } problem)
        {
            return problem;
        }

        return shape[0] == shape[1] * groups
            ? new UpsamplingLaw(shape, 1)
            : new Problem(
                $"{this} passes each channel to itself, so each of {groups} groups needs as many outputs as inputs, and the shape is {shape}.",
                shape[1] > 0 && shape[0] % shape[1] == 0
                    ? $"Write BilinearUpsampling({shape[0] / shape[1]}) if the layer has that many groups."
                    : "Write Kaiming, or give the layer as many output as input channels.");
    }
}

/// <summary>Ones and zeros that pass inputs on, or a Hadamard matrix that spreads them over more outputs.</summary>
internal sealed class ZerOInit : Init
{
    internal override Term Term => Term.Of(nameof(Dsl.ZerO));

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        if (shape.Rank is < 2 or > 5)
        {
            return new Problem(
                $"ZerO needs the weight of a linear layer or a convolution, and the shape is {shape}.",
                shape.Rank < 2 ? "Write Zeros, as the paper does for biases." : "Write Zeros.");
        }

        long kernel = Kernels.Size(shape);
        if (shape.Elements == 0)
        {
            return new ConstantLaw(0);
        }

        bool transposed = context.Spec.Kind == LayerKind.TransposedConvolution;
        (long outputs, long inputs) = transposed ? (shape[1], shape[0]) : (shape[0], shape[1]);
        Law matrix = outputs <= inputs
            ? new EyeLaw(shape[0], shape[1], 1)
            : new HadamardLaw(shape[0], shape[1], 1 / Math.Sqrt(PowerOfTwoFrom(outputs)));
        return shape.Rank == 2 ? matrix : new CentredLaw(matrix, kernel, CentredLaw.PositionOf(shape, size => size / 2));
    }

    private static double PowerOfTwoFrom(long size)
    {
        double power = 1;
        while (power < size)
        {
            power *= 2;
        }

        return power;
    }
}

/// <summary>What convolutions have in common.</summary>
internal static class Kernels
{
    internal static Problem? WhyNot(Init init, Shape shape, string matrixAdvice) =>
        shape.Rank is < 3 or > 5
            ? new(
                $"{init} needs the weight of a convolution, of three to five dimensions, and the shape is {shape}.",
                shape.Rank == 2 ? matrixAdvice : "Write Ones or Zeros.")
            : null;

    /// <summary>How many positions the kernel has.</summary>
    internal static long Size(Shape shape) => shape.Skip(2).Aggregate(1L, (product, size) => product * size);
}
