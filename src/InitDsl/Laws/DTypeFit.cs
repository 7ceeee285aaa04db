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
                ? Within(split, spec.DType)
                : new Problem($"{law} has no complex counterpart.", "Write Normal(mean, std), Const(…) or Values(…).");
        }

        return spec.DType.IsReal() || IsWhole(law)
            ? Within(law, spec.DType)
            : new Problem($"{law} does not give whole numbers, and the dtype is {spec.DType}.", "Write Keep(), or a whole Const(…).");
    }

    /// <summary>A law without any spread is a constant, whatever it was called.</summary>
    private static Law Simplest(Law law) => law switch
    {
        NormalLaw { Std: 0 } normal => new ConstantLaw(normal.Mean),
        UniformLaw uniform when uniform.Low == uniform.High => new ConstantLaw(uniform.Low),
        SparseLaw { Spread: 0 } or OrthogonalLaw { Gain: 0 } or EyeLaw { Value: 0 } or DiracLaw { Value: 0 } => new ConstantLaw(0),
        HadamardLaw { Value: 0 } or UpsamplingLaw { Value: 0 } or CircularLaw { Radius: 0 } or BlockOrthogonalLaw { Gain: 0 } => new ConstantLaw(0),
        { Parts.Count: > 0 } => Joined(law.With([.. law.Parts.Select(Simplest)])),
        _ => law,
    };

    /// <summary>What a law comes to whose parts have become constants.</summary>
    private static Law Joined(Law law) => law switch
    {
        SumLaw { First: ConstantLaw first, Second: ConstantLaw second } => new ConstantLaw(first.Value + second.Value),
        ScaledLaw { Inner: ConstantLaw inner } scaled => inner.Scale(scaled.Factor),
        ClampedLaw { Inner: ConstantLaw inner } clamped => inner.Clamp(clamped.Low, clamped.High),
        CastLaw { Inner: ConstantLaw inner } cast => inner.Cast(cast.DType),
        RepeatedLaw { Inner: ConstantLaw inner } => inner,
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
        FileLaw { Components: 2 } => law,
        { IsRandom: false } => new ComplexLaw(law, new ConstantLaw(0)),
        CircularLaw => law,
        ClampedLaw => null,
        { Parts.Count: > 0 } when law.Parts.Select(Split).ToArray() is var parts && Array.TrueForAll(parts, part => part is not null) =>
            law.With(parts!),
        _ => null,
    };

    private static bool IsWhole(Law law) => law switch
    {
        ConstantLaw or EyeLaw or DiracLaw or HadamardLaw => double.IsInteger(law.Min) && double.IsInteger(law.Max),
        ValuesLaw values => values.AreWhole,
        FileLaw file => file.AreWhole,
        ClampedLaw clamped when !(double.IsInteger(clamped.Min) && double.IsInteger(clamped.Max)) => false,
        MaskedLaw masked when !double.IsInteger(masked.Elsewhere) => false,
        ScaledLaw => false,
        { Parts.Count: > 0 } => law.Parts.All(IsWhole),
        _ => false,
    };

    /// <summary>Refuses values that a dtype cannot hold, or would hold as nothing but zeros.</summary>
    internal static Resolution Within(Law law, DType dtype)
    {
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
        if (WidestUniform(law) > widest)
        {
            return new Problem($"{law} is wider than {Numbers.Six(widest)}, the largest number it is drawn with.", "Write nearer bounds.");
        }

        return Spread(law) is var spread and > 0 && spread < Smallest(dtype)
            ? new Problem(
                $"{law} has a spread below {Numbers.Six(Smallest(dtype))}, the smallest step of {dtype}: every value would be rounded to 0.",
                "Write Zeros, a larger std, or give the model a wider dtype.")
            : law;
    }

    private static double WidestUniform(Law law) => law switch
    {
        UniformLaw uniform => uniform.High - uniform.Low,
        _ => law.Parts.Select(WidestUniform).DefaultIfEmpty(0).Max(),
    };

    /// <summary>The smallest and the largest value that can be drawn.</summary>
    private static (double Least, double Most) Extremes(Law law) => law switch
    {
        NormalLaw normal => (normal.Mean - (Reach * normal.Std), normal.Mean + (Reach * normal.Std)),
        SparseLaw sparse => (-Reach * sparse.Spread, Reach * sparse.Spread),
        TruncatedNormalLaw cut when double.IsFinite(cut.Spread) && cut.Spread > 0 => (
            double.IsFinite(cut.Low) ? cut.Low : cut.Location - (Reach * cut.Spread),
            double.IsFinite(cut.High) ? cut.High : Math.Max(cut.Location, cut.Low) + (Reach * cut.Spread)),
        TruncatedNormalLaw => (double.NegativeInfinity, double.PositiveInfinity),
        ComplexLaw complex => Extremes(complex.Real),

        // Buffers may hold NaN and infinities, which every dtype with a fraction has.
        FileLaw file => file.Extremes,
        ClampedLaw clamped when Extremes(clamped.Inner) is var (least, most) =>
            (Math.Clamp(least, clamped.Low, clamped.High), Math.Clamp(most, clamped.Low, clamped.High)),
        ScaledLaw scaled when Extremes(scaled.Inner) is var (least, most) =>
            scaled.Factor < 0 ? (most * scaled.Factor, least * scaled.Factor) : (least * scaled.Factor, most * scaled.Factor),
        SumLaw sum when (Extremes(sum.First), Extremes(sum.Second)) is var (first, second) =>
            (first.Least + second.Least, first.Most + second.Most),
        { Parts.Count: > 0 } => (law.Parts.Min(part => Extremes(part).Least), law.Parts.Max(part => Extremes(part).Most)),
        _ => (law.Min, law.Max),
    };

    /// <summary>The size of a typical difference between two values; 0 where values are given exactly.</summary>
    private static double Spread(Law law) => law switch
    {
        SparseLaw sparse => sparse.Spread,
        UniformLaw or NormalLaw or TruncatedNormalLaw or OrthogonalLaw or LogOfUniformLaw or CircularLaw or BlockOrthogonalLaw => law.Std,
        ScaledLaw scaled => Spread(scaled.Inner) * Math.Abs(scaled.Factor),
        SumLaw sum => Math.Max(Spread(sum.First), Spread(sum.Second)),
        { Parts.Count: > 0 } => law.Parts.Select(Spread).Where(spread => spread > 0).DefaultIfEmpty(0).Min(),
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
