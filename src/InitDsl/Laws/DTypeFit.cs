namespace InitDsl;

/// <summary>Fits a law to a dtype: splits it for complex numbers, and refuses what the dtype cannot hold.</summary>
internal static class DTypeFit
{
    /// <summary>How many standard deviations a normal draw can reach: the streams' tails end below this.</summary>
    private const double Reach = 9;

    internal static Resolution Fit(Law law, ParamSpec spec)
    {
        law = Simplest(law);
        if (spec.DType.IsComplex())
        {
            return Split(law) is { } split
                ? Within(split, spec)
                : new Problem($"{law} has no complex counterpart.", "Write Normal(mean, std), Const(…) or Values(…).");
        }

        return spec.DType.IsReal() || IsWhole(law)
            ? Within(law, spec)
            : new Problem($"{law} does not give whole numbers, and the dtype is {spec.DType}.", "Write Keep(), or a whole Const(…).");
    }

    /// <summary>A law without any spread is a constant, whatever it was called.</summary>
    private static Law Simplest(Law law) => law switch
    {
        NormalLaw { Std: 0 } normal => new ConstantLaw(normal.Mean),
        UniformLaw uniform when uniform.Low == uniform.High => new ConstantLaw(uniform.Low),
        SparseLaw { Spread: 0 } or OrthogonalLaw { Gain: 0 } or EyeLaw { Value: 0 } or DiracLaw { Value: 0 } => new ConstantLaw(0),
        PaddedLaw padded => padded with { Inner = Simplest(padded.Inner) },
        _ => law,
    };

    /// <summary>
    /// A complex normal has independent parts that share the variance, as PyTorch's <c>normal_</c> has it; other
    /// real values are put into the real part.
    /// </summary>
    private static Law? Split(Law law) => law switch
    {
        NormalLaw normal => new ComplexLaw(
            new NormalLaw(normal.Mean, normal.Std / Math.Sqrt(2)),
            new NormalLaw(0, normal.Std / Math.Sqrt(2))),
        ConstantLaw or EyeLaw or DiracLaw or ValuesLaw => new ComplexLaw(law, new ConstantLaw(0)),
        PaddedLaw padded => Split(padded.Inner) is { } inner ? padded with { Inner = inner } : null,
        _ => null,
    };

    private static bool IsWhole(Law law) => law switch
    {
        ConstantLaw or EyeLaw or DiracLaw => double.IsInteger(law.Min) && double.IsInteger(law.Max),
        ValuesLaw values => values.AreWhole,
        _ => false,
    };

    private static Resolution Within(Law law, ParamSpec spec)
    {
        DType dtype = spec.DType;
        (double low, double high) = Limits(dtype);
        (double least, double most) = Extremes(law);
        if (double.IsNaN(least) || double.IsNaN(most))
        {
            return new Problem($"{law} contains NaN.", "Give it numbers.");
        }

        if (!(least >= low && most <= high))
        {
            return new Problem(
                $"{law} leaves the range of {dtype}, {Numbers.Six(low)} to {Numbers.Six(high)}.",
                "Write smaller numbers, or give the model a wider dtype.");
        }

        // A uniform draw multiplies by the distance of its bounds, in float32 at least.
        double widest = dtype is DType.Float64 ? double.MaxValue : float.MaxValue;
        if (law is UniformLaw && most - least > widest)
        {
            return new Problem($"{law} is wider than {Numbers.Six(widest)}, the largest number it is drawn with.", "Write nearer bounds.");
        }

        return Spread(law) is var spread and > 0 && spread < Smallest(dtype)
            ? new Problem(
                $"{law} has a spread below {Numbers.Six(Smallest(dtype))}, the smallest step of {dtype}: every value would be rounded to 0.",
                "Write Zeros, a larger std, or give the model a wider dtype.")
            : law;
    }

    /// <summary>The smallest and the largest value that can be drawn.</summary>
    private static (double Least, double Most) Extremes(Law law) => law switch
    {
        NormalLaw normal => (normal.Mean - (Reach * normal.Std), normal.Mean + (Reach * normal.Std)),
        SparseLaw sparse => (-Reach * sparse.Spread, Reach * sparse.Spread),
        TruncatedNormalLaw cut when double.IsFinite(cut.Spread) && cut.Spread > 0 => (
            double.IsFinite(cut.Low) ? cut.Low : cut.Location - (Reach * cut.Spread),
            double.IsFinite(cut.High) ? cut.High : Math.Max(cut.Location, cut.Low) + (Reach * cut.Spread)),
        TruncatedNormalLaw => (double.NegativeInfinity, double.PositiveInfinity),
        PaddedLaw padded => Extremes(padded.Inner),
        ComplexLaw complex => Extremes(complex.Real),
        _ => (law.Min, law.Max),
    };

    /// <summary>The size of a typical difference between two values; 0 where values are given exactly.</summary>
    private static double Spread(Law law) => law switch
    {
        SparseLaw sparse => sparse.Spread,
        UniformLaw or NormalLaw or TruncatedNormalLaw or OrthogonalLaw => law.Std,
        PaddedLaw padded => Spread(padded.Inner),
        ComplexLaw complex => Spread(complex.Real),
        _ => 0,
    };

    private static double Smallest(DType dtype) => dtype switch
    {
        DType.Float16 => 1.0 / (1 << 24),
        DType.BFloat16 => 9.183549615799121e-41,
        DType.Float32 or DType.Complex64 => float.Epsilon,
        DType.Float64 or DType.Complex128 => double.Epsilon,
        _ => 1,
    };

    private static (double Low, double High) Limits(DType dtype) => dtype switch
    {
        DType.Float16 => (-65504, 65504),
        DType.BFloat16 => (-3.3895313892515355e38, 3.3895313892515355e38),
        DType.Float32 or DType.Complex64 => (float.MinValue, float.MaxValue),
        DType.Float64 or DType.Complex128 => (double.MinValue, double.MaxValue),
        DType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        DType.UInt8 => (byte.MinValue, byte.MaxValue),
        DType.Int16 => (short.MinValue, short.MaxValue),
        DType.Int32 => (int.MinValue, int.MaxValue),

        // Values are doubles on their way, which hold whole numbers up to 2⁵³.
        DType.Int64 => (-9007199254740992, 9007199254740992),
        DType.Bool => (0, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a member of DType"),
    };
}
