namespace InitDsl;

/// <summary>An element type as a file format names it.</summary>
/// <param name="Name">The format's name.</param>
/// <param name="Bits">The size of an element.</param>
/// <param name="DType">The core's; null for those that are not read.</param>
internal sealed record FileType(string Name, int Bits, DType? DType)
{
    /// <summary>Those of safetensors, as its reference implementation lists them.</summary>
    private static readonly Dictionary<string, FileType> Safetensors = new FileType[]
    {
        new("BOOL", 8, InitDsl.DType.Bool),
        new("U8", 8, InitDsl.DType.UInt8),
        new("I8", 8, InitDsl.DType.Int8),
        new("I16", 16, InitDsl.DType.Int16),
        new("U16", 16, null),
        new("F16", 16, InitDsl.DType.Float16),
        new("BF16", 16, InitDsl.DType.BFloat16),
        new("I32", 32, InitDsl.DType.Int32),
        new("U32", 32, null),
        new("F32", 32, InitDsl.DType.Float32),
        new("I64", 64, InitDsl.DType.Int64),
        new("U64", 64, null),
        new("F64", 64, InitDsl.DType.Float64),
        new("C64", 64, InitDsl.DType.Complex64),
        new("F8_E5M2", 8, null),
        new("F8_E4M3", 8, null),
        new("F8_E8M0", 8, null),
        new("F6_E2M3", 6, null),
        new("F6_E3M2", 6, null),
        new("F4", 4, null),
    }.ToDictionary(type => type.Name);

    /// <summary>Those of libtorch, whose numbers TorchSharp writes.</summary>
    private static readonly FileType?[] Torch =
    [
        new("Byte", 8, InitDsl.DType.UInt8),
        new("Int8", 8, InitDsl.DType.Int8),
        new("Int16", 16, InitDsl.DType.Int16),
        new("Int32", 32, InitDsl.DType.Int32),
        new("Int64", 64, InitDsl.DType.Int64),
        new("Float16", 16, InitDsl.DType.Float16),
        new("Float32", 32, InitDsl.DType.Float32),
        new("Float64", 64, InitDsl.DType.Float64),
        new("ComplexFloat16", 32, null),
        new("ComplexFloat32", 64, InitDsl.DType.Complex64),
        new("ComplexFloat64", 128, InitDsl.DType.Complex128),
        new("Bool", 8, InitDsl.DType.Bool),
        null,
        null,
        null,
        new("BFloat16", 16, InitDsl.DType.BFloat16),
    ];

    internal static FileType? OfSafetensors(string name) => Safetensors.GetValueOrDefault(name);

    internal static FileType? OfTorch(long number) => number >= 0 && number < Torch.Length ? Torch[number] : null;

    /// <summary>The names of safetensors, for the texts of errors.</summary>
    internal static string SafetensorsNames => string.Join(", ", Safetensors.Keys);

    /// <summary>How many bytes so many elements take; null where they are no whole number, or too many to count.</summary>
    internal long? BytesOf(long elements)
    {
        Int128 bits = (Int128)elements * Bits;
        return bits % 8 == 0 && bits / 8 <= long.MaxValue ? (long)(bits / 8) : null;
    }
}
