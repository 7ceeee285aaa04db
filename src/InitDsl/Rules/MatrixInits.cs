namespace InitDsl;

/// <summary>The identity matrix.</summary>
internal sealed class EyeInit : Init
{
    internal override Term Term => Term.Of(nameof(Dsl.Eye));

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        return shape.Rank == 2
            ? new EyeLaw(shape[0], shape[1], 1)
            : new Problem(
                $"Eye needs a matrix, and the shape {shape} is not two-dimensional.",
                shape.Rank is >= 3 and <= 5 ? "For a convolution write Dirac()." : "Write Ones or Zeros.");
    }
}

/// <summary>A convolution that passes its inputs through.</summary>
internal sealed class DiracInit(long groups) : Init
{
    internal override Term Term => groups == 1 ? Term.Call(nameof(Dsl.Dirac)) : Term.Call(nameof(Dsl.Dirac), groups);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        if (shape.Rank is < 3 or > 5)
        {
            return new Problem(
                $"{this} needs the weight of a convolution, of three to five dimensions, and the shape is {shape}.",
                shape.Rank == 2 ? "For a matrix write Eye." : "Write Ones or Zeros.");
        }

        return shape[0] % groups == 0
            ? new DiracLaw(shape, groups, 1)
            : new Problem(
                $"{this} splits the first dimension into {groups} equal groups, and {shape[0]} is not divisible by {groups}.",
                "Write Dirac(groups) with the groups of the convolution.");
    }
}

/// <summary>A random matrix with orthonormal rows or columns.</summary>
internal sealed class OrthogonalInit(double gain, Activation? intended = null) : Init
{
    internal override double? EffectiveGain => Math.Abs(gain);

    internal override Activation? Intended => intended;

    public override Init Gain(double gain) => new OrthogonalInit(Guard.Finite(gain));

    public override Init For(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return new OrthogonalInit(activation.Gain, activation);
    }

    /// <summary>Laws whose elements depend on each other are made in one array.</summary>
    internal static Problem TooLarge(Init init, Shape shape) =>
        new(
            $"{init} is made in one piece of at most {Numbers.Count(Array.MaxLength)} elements, and the shape {shape} has {Numbers.Count(shape.Elements)}.",
            "Write Normal(std: …), or split the parameter.");

    internal override Term Term =>
        intended is not null ? Term.Call(nameof(Dsl.Orthogonal)).Then(nameof(For), intended)
        : gain == 1 ? Term.Call(nameof(Dsl.Orthogonal))
        : Term.Call(nameof(Dsl.Orthogonal), gain);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        if (shape.Rank < 2)
        {
            return new Problem(
                $"{this} needs a matrix, and the shape {shape} has fewer than two dimensions.",
                context.Spec.Role == ParamRole.Bias ? "Write .Bias(Zeros)." : "Write Ones or Normal(std: …).");
        }

        if (shape.Elements > Array.MaxLength)
        {
            return TooLarge(this, shape);
        }

        long rows = shape[0];
        long columns = rows == 0 ? 0 : shape.Elements / rows;
        return new OrthogonalLaw(rows, columns, gain);
    }
}

/// <summary>A normal matrix with a fixed number of zeros in each column.</summary>
internal sealed class SparseInit(double sparsity, double std) : Init
{
    internal override Term Term => Term.Call(nameof(Dsl.Sparse), sparsity, std);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        if (shape.Rank != 2)
        {
            return new Problem(
                $"{this} needs a matrix, and the shape {shape} is not two-dimensional.",
                "Write Normal(std: …), or Zeros.");
        }

        return shape.Elements > Array.MaxLength
            ? OrthogonalInit.TooLarge(this, shape)
            : new SparseLaw(shape[0], shape[1], sparsity, std);
    }
}
