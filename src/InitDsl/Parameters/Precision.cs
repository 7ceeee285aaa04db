namespace InitDsl;

/// <summary>What the dtypes make of a number.</summary>
internal static class Precision
{
    /// <summary>A number as the dtype holds it: to nearest, ties to even.</summary>
    internal static double Round(DType dtype, double value) => dtype switch
    {
        DType.Float32 or DType.Complex64 => (float)value,
        DType.Float16 => (double)(Half)(float)value,
        DType.BFloat16 => BFloat16Bits.Widen(BFloat16Bits.Round((float)value)),
        _ => value,
    };
}
