using DiffSharp;

namespace InitDsl;

/// <summary>DiffSharp's names of the dtypes and the core's.</summary>
internal static class ElementTypes
{
    internal static DType Of(Dtype type) => type.Tag switch
    {
        Dtype.Tags.BFloat16 => DType.BFloat16,
        Dtype.Tags.Float16 => DType.Float16,
        Dtype.Tags.Float32 => DType.Float32,
        Dtype.Tags.Float64 => DType.Float64,
        Dtype.Tags.Int8 => DType.Int8,
        Dtype.Tags.Byte => DType.UInt8,
        Dtype.Tags.Int16 => DType.Int16,
        Dtype.Tags.Int32 => DType.Int32,
        Dtype.Tags.Int64 => DType.Int64,
        Dtype.Tags.Bool => DType.Bool,
        _ => throw new NotSupportedException($"{type} is a dtype that DiffSharp 1.0.7 does not have."),
    };
}
