using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>Between a filler's values and the bytes of each dtype.</summary>
internal static class ElementCodec
{
    /// <summary>Elements a time: the buffers stay in the first-level cache, and the kernels make so many float32 values
    /// at once.</summary>
    internal const int Chunk = 1920;

    /// <summary>Writes a run of elements of a parameter. Those that the filler keeps are not touched.</summary>
    /// <param name="filler">Where the values come from.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="start">Index of the first element in the parameter.</param>
    /// <param name="bytes">Whole elements.</param>
    internal static void Write(Filler filler, DType dtype, long start, Span<byte> bytes)
    {
        if (filler is not OverlaidFiller { KeepsSome: true } overlaid)
        {
            WriteAll(filler, dtype, start, bytes);
            return;
        }

        int size = dtype.Size();
        foreach ((long first, long end) in overlaid.Written(start, bytes.Length / size))
        {
            WriteAll(filler, dtype, first, bytes.Slice((int)(first - start) * size, (int)(end - first) * size));
        }
    }

    private static void WriteAll(Filler filler, DType dtype, long start, Span<byte> bytes)
    {
        switch (dtype)
        {
            case DType.Float32:
                filler.Fill(start, MemoryMarshal.Cast<byte, float>(bytes));
                break;
            case DType.Float64:
                filler.Fill(start, MemoryMarshal.Cast<byte, double>(bytes));
                break;
            case DType.Complex64:
                filler.Fill(2 * start, MemoryMarshal.Cast<byte, float>(bytes));
                break;
            case DType.Complex128:
                filler.Fill(2 * start, MemoryMarshal.Cast<byte, double>(bytes));
                break;
            case DType.Float16 or DType.BFloat16:
                Rounded(filler, dtype, start, bytes);
                break;
            case DType.Int8:
                Whole(filler, start, MemoryMarshal.Cast<byte, sbyte>(bytes), static value => (sbyte)value);
                break;
            case DType.UInt8 or DType.Bool:
                Whole(filler, start, bytes, static value => (byte)value);
                break;
            case DType.Int16:
                Whole(filler, start, MemoryMarshal.Cast<byte, short>(bytes), static value => (short)value);
                break;
            case DType.Int32:
                Whole(filler, start, MemoryMarshal.Cast<byte, int>(bytes), static value => (int)value);
                break;
            case DType.Int64:
                Whole(filler, start, MemoryMarshal.Cast<byte, long>(bytes), static value => (long)value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a member of DType");
        }
    }

    /// <summary>Writes elements of one of the two 16-bit dtypes.</summary>
    /// <param name="filler">Where the values come from.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="start">Index of the first element in the parameter.</param>
    /// <param name="values">As many as are to be written; receives them, rounded.</param>
    /// <param name="bytes">Receives the elements at its beginning.</param>
    internal static void WriteRounded(Filler filler, DType dtype, long start, Span<float> values, Span<byte> bytes)
    {
        filler.Fill(start, values);
        if (dtype == DType.Float16)
        {
            HalfPrecision.Round(values, MemoryMarshal.Cast<byte, Half>(bytes));
        }
        else
        {
            HalfPrecision.RoundBFloat16(values, MemoryMarshal.Cast<byte, ushort>(bytes));
        }
    }

    /// <summary>Reads elements as doubles; complex numbers as two.</summary>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="bytes">Whole elements.</param>
    /// <param name="values">As many as there are elements, twice as many for complex numbers.</param>
    internal static void Read(DType dtype, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        switch (dtype)
        {
            case DType.Float32 or DType.Complex64:
                Widen(MemoryMarshal.Cast<byte, float>(bytes), values, static value => value);
                break;
            case DType.Float64 or DType.Complex128:
                MemoryMarshal.Cast<byte, double>(bytes).CopyTo(values);
                break;
            case DType.Float16:
                Widen(MemoryMarshal.Cast<byte, Half>(bytes), values, static value => (double)value);
                break;
            case DType.BFloat16:
                Widen(MemoryMarshal.Cast<byte, ushort>(bytes), values, static value => BFloat16Bits.Widen(value));
                break;
            case DType.Int8:
                Widen(MemoryMarshal.Cast<byte, sbyte>(bytes), values, static value => value);
                break;
            case DType.UInt8 or DType.Bool:
                Widen(bytes, values, static value => value);
                break;
            case DType.Int16:
                Widen(MemoryMarshal.Cast<byte, short>(bytes), values, static value => value);
                break;
            case DType.Int32:
                Widen(MemoryMarshal.Cast<byte, int>(bytes), values, static value => value);
                break;
            case DType.Int64:
                Widen(MemoryMarshal.Cast<byte, long>(bytes), values, static value => value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a member of DType");
        }
    }

    /// <summary>The largest relative error of rounding to the dtype: half a unit in the last place.</summary>
    internal static double RoundingError(DType dtype) => dtype switch
    {
        DType.Float32 or DType.Complex64 => 1.0 / (1 << 24),
        DType.Float16 => 1.0 / (1 << 11),
        DType.BFloat16 => 1.0 / (1 << 8),
        DType.Float64 or DType.Complex128 => 1.0 / (1L << 53),
        _ => 0,
    };

    /// <summary>The largest error of rounding a number too small to be rounded relatively.</summary>
    internal static double LeastRoundingError(DType dtype) => dtype switch
    {
        DType.Float16 => 1.0 / (1 << 25),
        DType.Float32 or DType.Complex64 or DType.BFloat16 => 4.6e-41,
        _ => 0,
    };

    [SkipLocalsInit]
    private static void Rounded(Filler filler, DType dtype, long start, Span<byte> bytes)
    {
        Span<float> buffer = stackalloc float[Chunk];
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(Chunk * sizeof(ushort), bytes.Length)..], start += Chunk)
        {
            Span<float> values = buffer[..Math.Min(Chunk, bytes.Length / sizeof(ushort))];
            WriteRounded(filler, dtype, start, values, bytes);
        }
    }

    private static void Whole<T>(Filler filler, long start, Span<T> elements, Func<double, T> convert)
    {
        Span<double> buffer = stackalloc double[Chunk];
        for (int done = 0; done < elements.Length; done += Chunk)
        {
            Span<double> values = buffer[..Math.Min(Chunk, elements.Length - done)];
            filler.Fill(start + done, values);
            for (int i = 0; i < values.Length; i++)
            {
                elements[done + i] = convert(values[i]);
            }
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> elements, Span<double> values, Func<T, double> widen)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            values[i] = widen(elements[i]);
        }
    }
}
