using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// Float32 values to the two 16-bit dtypes, a vector a time: to nearest, ties to even. The numbers that the results
/// stand for replace the values, so that whoever looks at them next need not widen them again.
/// </summary>
internal static class HalfPrecision
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Round(Span<float> values, Span<Half> destination)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref ushort to = ref Unsafe.As<Half, ushort>(ref MemoryMarshal.GetReference(destination[..values.Length]));
        int width = Vector512<ushort>.Count;
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref from, (nuint)at);
            Vector512<float> b = Vector512.LoadUnsafe(ref from, (nuint)(at + (width / 2)));
            if (!Vector512.EqualsAll(a, a) || !Vector512.EqualsAll(b, b))
            {
                RoundOneByOne(values.Slice(at, width), destination.Slice(at, width));
                continue;
            }

            Vector512<uint> lower = HalfBits(ref a);
            Vector512<uint> upper = HalfBits(ref b);
            Vector512.Narrow(lower, upper).StoreUnsafe(ref to, (nuint)at);
            a.StoreUnsafe(ref from, (nuint)at);
            b.StoreUnsafe(ref from, (nuint)(at + (width / 2)));
        }

        RoundOneByOne(values[at..], destination[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RoundBFloat16(Span<float> values, Span<ushort> destination)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref ushort to = ref MemoryMarshal.GetReference(destination[..values.Length]);
        int width = Vector512<ushort>.Count;
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            Vector512<uint> a = BFloat16(Vector512.LoadUnsafe(ref from, (nuint)at));
            Vector512<uint> b = BFloat16(Vector512.LoadUnsafe(ref from, (nuint)(at + (width / 2))));
            Vector512.Narrow(a >>> 16, b >>> 16).StoreUnsafe(ref to, (nuint)at);
            (a & Vector512.Create(0xFFFF0000)).AsSingle().StoreUnsafe(ref from, (nuint)at);
            (b & Vector512.Create(0xFFFF0000)).AsSingle().StoreUnsafe(ref from, (nuint)(at + (width / 2)));
        }

        for (; at < values.Length; at++)
        {
            destination[at] = BFloat16Bits.Round(values[at]);
            values[at] = BFloat16Bits.Widen(destination[at]);
        }
    }

    /// <summary>
    /// Adding 2^(e + 13), e the exponent of a number but at least that of the smallest normal half, pushes the bits
    /// that a half cannot hold out of the sum: the processor's own rounding does the work, and what is left in the
    /// lower bits is the mantissa. From 65520 on the result is infinite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> HalfBits(ref Vector512<float> value)
    {
        Vector512<uint> sign = value.AsUInt32() & Vector512.Create(0x80000000);
        Vector512<float> size = Vector512.MinNative(Vector512.Abs(value), Vector512.Create(65520f));
        Vector512<float> atLeast = Vector512.MaxNative(size, Vector512.Create(1f / 16384));
        Vector512<uint> exponent = atLeast.AsUInt32() & Vector512.Create(0x7F800000u);
        Vector512<float> large = (exponent + Vector512.Create(13u << 23)).AsSingle();
        Vector512<float> rounded = size + large;
        Vector512<uint> bits = rounded.AsUInt32() - Vector512.Create(126u << 23);

        Vector512<float> kept = rounded - large;
        kept = Vector512.ConditionalSelect(
            Vector512.GreaterThan(kept, Vector512.Create(65504f)), Vector512.Create(float.PositiveInfinity), kept);
        value = (kept.AsUInt32() | sign).AsSingle();
        return ((bits + (bits >>> 13)) & Vector512.Create(0xFFFFu)) | (sign >>> 16);
    }

    /// <summary>In the upper half; the lower half holds anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> BFloat16(Vector512<float> value)
    {
        Vector512<uint> bits = value.AsUInt32();
        Vector512<uint> rounded = bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One);
        return Vector512.ConditionalSelect(
            Vector512.Equals(value, value).AsUInt32(), rounded, bits | Vector512.Create(0x400000u));
    }

    private static void RoundOneByOne(Span<float> values, Span<Half> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = (Half)values[i];
            values[i] = (float)destination[i];
        }
    }
}
