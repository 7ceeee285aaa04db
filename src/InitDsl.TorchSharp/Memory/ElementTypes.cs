using static TorchSharp.torch;

namespace InitDsl;

/// <summary>TorchSharp's names of the dtypes and the core's.</summary>
internal static class ElementTypes
{
    /// <summary>The core's dtype; null for those it does not write (quantized, 8-bit floating point, …).</summary>
    internal static DType? Of(ScalarType type) => type switch
    {
        ScalarType.Float16 => DType.Float16,
        ScalarType.BFloat16 => DType.BFloat16,
        ScalarType.Float32 => DType.Float32,
        ScalarType.Float64 => DType.Float64,
        ScalarType.ComplexFloat32 => DType.Complex64,
        ScalarType.ComplexFloat64 => DType.Complex128,
        ScalarType.Int8 => DType.Int8,
        ScalarType.Byte => DType.UInt8,
        ScalarType.Int16 => DType.Int16,
        ScalarType.Int32 => DType.Int32,
        ScalarType.Int64 => DType.Int64,
        ScalarType.Bool => DType.Bool,
        _ => null,
    };
}
