namespace InitDsl;

/// <summary>The type of a parameter's elements, named as PyTorch and NumPy name them.</summary>
public enum DType
{
    /// <summary>IEEE half precision, 2 bytes.</summary>
    Float16,

    /// <summary>The upper half of a <see cref="Float32"/>, 2 bytes.</summary>
    BFloat16,

    /// <summary>IEEE single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE double precision, 8 bytes.</summary>
    Float64,

    /// <summary>A complex number of two <see cref="Float32"/>, 8 bytes, real part first.</summary>
    Complex64,

    /// <summary>A complex number of two <see cref="Float64"/>, 16 bytes, real part first.</summary>
    Complex128,

    /// <summary>Signed 8-bit integer.</summary>
    Int8,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>A truth value, 1 byte.</summary>
    Bool,
}

/// <summary>Facts about the members of <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>Bytes that one element takes.</summary>
    /// <param name="dtype">The element type.</param>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.Bool or DType.Int8 or DType.UInt8 => 1,
        DType.Float16 or DType.BFloat16 or DType.Int16 => 2,
        DType.Float32 or DType.Int32 => 4,
        DType.Float64 or DType.Int64 or DType.Complex64 => 8,
        DType.Complex128 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a member of DType"),
    };

    /// <summary>Whether elements have a real and an imaginary part.</summary>
    /// <param name="dtype">The element type.</param>
    public static bool IsComplex(this DType dtype) => dtype is DType.Complex64 or DType.Complex128;

    /// <summary>Whether elements are real floating-point numbers.</summary>
    /// <param name="dtype">The element type.</param>
    public static bool IsReal(this DType dtype) =>
        dtype is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64;
}
