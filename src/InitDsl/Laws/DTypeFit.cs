namespace InitDsl;

/// <summary>Fits a law to a dtype: splits it for complex numbers, and refuses what the dtype cannot hold.</summary>
internal static class DTypeFit
{
    /// <summary>How many standard deviations a normal draw can reach: the streams' tails end below this.</summary>
    private const double Reach = 9;

    internal static Resolution Fit(Law law, ParamSpec spec)
    {
        DType dtype = spec.DType;
        if (dtype.IsComplex())
        {
            return Split(law) is { } split
                ? Within(split, spec)
                : new Problem($"{law} has no complex counterpart.", "Write Normal(mean, std), Const(…) or Values(…).");
        }

        return dtype.IsReal() || IsWhole(law)
            ? Within(law, spec)
            : new Problem($"{law} does not give whole numbers, and the dtype is {dtype}.", "Write Keep(), or a whole Const(…).");
    }

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
        ValuesLaw values => values.Values.ToArray().All(double.IsInteger),
        _ => false,
    };

    private static Resolution Within(Law law, ParamSpec spec)
    {
        (double low, double high) = Limits(spec.DType);
        double reach = Reach * law.Std;
        double least = double.IsFinite(law.Min) ? law.Min : law.Mean - reach;
        double most = double.IsFinite(law.Max) ? law.Max : law.Mean + reach;
        return least >= low && most <= high && most - least <= high
            ? law
            : new Problem(
                $"{law} leaves the range of {spec.DType}, {low:G6} to {high:G6}.",
                "Write smaller numbers, or give the model a wider dtype.");
    }

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
        DType.Int64 => (-9007199254740992, 9007199254740992),
        DType.Bool => (0, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a member of DType"),
    };
}
