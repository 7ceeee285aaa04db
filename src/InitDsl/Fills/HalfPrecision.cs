using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>Spans of the two 16-bit dtypes from and to float32, a vector a time: to nearest, ties to even.</summary>
internal static class HalfPrecision
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Round(ReadOnlySpan<float> values, Span<Half> destination)
    {
        Span<ushort> bits = MemoryMarshal.Cast<Half, ushort>(destination);
        int width = Vector<ushort>.Count;
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            var a = new Vector<float>(values[at..]);
            var b = new Vector<float>(values[(at + (width / 2))..]);
            if (!Vector.EqualsAll(a, a) || !Vector.EqualsAll(b, b))
            {
                RoundOneByOne(values.Slice(at, width), destination.Slice(at, width));
                continue;
            }

            Vector.Narrow(HalfBits(a), HalfBits(b)).CopyTo(bits[at..]);
        }

        RoundOneByOne(values[at..], destination[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RoundBFloat16(ReadOnlySpan<float> values, Span<ushort> destination)
    {
        int width = Vector<ushort>.Count;
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            Vector<uint> a = BFloat16(new Vector<float>(values[at..]));
            Vector<uint> b = BFloat16(new Vector<float>(values[(at + (width / 2))..]));
            Vector.Narrow(a, b).CopyTo(destination[at..]);
        }

        for (; at < values.Length; at++)
        {
            destination[at] = BFloat16Bits.Round(values[at]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Widen(ReadOnlySpan<Half> values, Span<float> destination)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(values);
        int width = Vector<ushort>.Count;
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            var half = new Vector<ushort>(bits[at..]);
            var topExponent = new Vector<ushort>(0x7C00);
            if (Vector.EqualsAny(half & topExponent, topExponent))
            {
                WidenOneByOne(values.Slice(at, width), destination.Slice(at, width));
                continue;
            }

            Vector.Widen(half, out Vector<uint> a, out Vector<uint> b);
            Single(a).CopyTo(destination[at..]);
            Single(b).CopyTo(destination[(at + (width / 2))..]);
        }

        WidenOneByOne(values[at..], destination[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void WidenBFloat16(ReadOnlySpan<ushort> values, Span<float> destination)
    {
        int width = Vector<ushort>.Count;
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            Vector.Widen(new Vector<ushort>(values[at..]), out Vector<uint> a, out Vector<uint> b);
            Vector.AsVectorSingle(a << 16).CopyTo(destination[at..]);
            Vector.AsVectorSingle(b << 16).CopyTo(destination[(at + (width / 2))..]);
        }

        for (; at < values.Length; at++)
        {
            destination[at] = BFloat16Bits.Widen(values[at]);
        }
    }

    /// <summary>
    /// Adding 2^(e + 13), e the exponent of a number but at least that of the smallest normal half, pushes the bits
    /// that a half cannot hold out of the sum: the processor's own rounding does the work, and what is left in the
    /// lower bits is the mantissa. From 65520 on the result is infinite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> HalfBits(Vector<float> value)
    {
        Vector<uint> sign = (Vector.AsVectorUInt32(value) & new Vector<uint>(0x80000000)) >>> 16;
        Vector<float> size = Vector.MinNative(Vector.Abs(value), new Vector<float>(65520f));
        Vector<float> atLeast = Vector.MaxNative(size, new Vector<float>(1f / 16384));
        Vector<uint> exponent = Vector.AsVectorUInt32(atLeast) & new Vector<uint>(0x7F800000);
        Vector<float> rounded = size + Vector.AsVectorSingle(exponent + new Vector<uint>(13u << 23));
        Vector<uint> bits = Vector.AsVectorUInt32(rounded) - new Vector<uint>(126u << 23);
        return ((bits + (bits >>> 13)) & new Vector<uint>(0xFFFF)) | sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> BFloat16(Vector<float> value)
    {
        Vector<uint> bits = Vector.AsVectorUInt32(value);
        Vector<uint> upper = bits >>> 16;
        Vector<uint> rounded = (bits + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One)) >>> 16;
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(value, value)), rounded, upper | new Vector<uint>(0x40));
    }

    // Of finite numbers: the exponents' biases differ by 112, and a product with 2^112 is exact for subnormals too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Single(Vector<uint> half)
    {
        Vector<float> size = Vector.AsVectorSingle((half & new Vector<uint>(0x7FFF)) << 13) * new Vector<float>(5192296858534827628530496329220096f);
        return Vector.AsVectorSingle(Vector.AsVectorUInt32(size) | ((half & new Vector<uint>(0x8000)) << 16));
    }

    private static void RoundOneByOne(ReadOnlySpan<float> values, Span<Half> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = (Half)values[i];
        }
    }

    private static void WidenOneByOne(ReadOnlySpan<Half> values, Span<float> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = (float)values[i];
        }
    }
}
