using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// Float32 values to the two 16-bit dtypes, two vectors a time: to nearest, ties to even. The numbers that the results
/// stand for replace the values, so that whoever looks at them next need not widen them again.
/// </summary>
internal static class HalfPrecision
{
    private const int SignBit = int.MinValue;
    private const int ExponentBits = 0x7F800000;

    internal static void Round(Span<float> values, Span<Half> destination) =>
        Round<ToHalf>(values, MemoryMarshal.Cast<Half, ushort>(destination));

    internal static void RoundBFloat16(Span<float> values, Span<ushort> destination) =>
        Round<ToBFloat16>(values, destination);

    private static void Round<TFormat>(Span<float> values, Span<ushort> destination)
        where TFormat : struct, IFormat
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Round<TFormat, Lanes512<int, float>, Vector512<int>, Vector512<float>>(values, destination);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Round<TFormat, Lanes256<int, float>, Vector256<int>, Vector256<float>>(values, destination);
        }
        else
        {
            Round<TFormat, Lanes128<int, float>, Vector128<int>, Vector128<float>>(values, destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round<TFormat, TLanes, TBits, TReal>(Span<float> values, Span<ushort> destination)
        where TFormat : struct, IFormat
        where TLanes : struct, IVectors<TBits, TReal, int, float>
        where TBits : struct
        where TReal : struct
    {
        destination = destination[..values.Length];
        ref byte from = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(values));
        ref byte to = ref Unsafe.As<ushort, byte>(ref MemoryMarshal.GetReference(destination));
        int width = 2 * TLanes.Bytes / sizeof(float);
        int at = 0;
        for (; at <= values.Length - width; at += width)
        {
            nuint first = (nuint)at * sizeof(float);
            nuint second = first + (nuint)TLanes.Bytes;
            TReal a = TLanes.AsReal(TLanes.Load(ref from, first));
            TReal b = TLanes.AsReal(TLanes.Load(ref from, second));
            if (TLanes.AnyNaN(a) || TLanes.AnyNaN(b))
            {
                RoundOneByOne<TFormat>(values.Slice(at, width), destination.Slice(at, width));
                continue;
            }

            TBits lower = TFormat.Round<TLanes, TBits, TReal>(ref a);
            TBits upper = TFormat.Round<TLanes, TBits, TReal>(ref b);
            TLanes.StoreLowerHalves(lower, upper, ref to, (nuint)at * sizeof(ushort));
            TLanes.Store(a, ref from, first);
            TLanes.Store(b, ref from, second);
        }

        RoundOneByOne<TFormat>(values[at..], destination[at..]);
    }

    private static void RoundOneByOne<TFormat>(Span<float> values, Span<ushort> destination)
        where TFormat : struct, IFormat
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = TFormat.Round(ref values[i]);
        }
    }

    /// <summary>One of the two dtypes.</summary>
    private interface IFormat
    {
        /// <summary>The bits of a number's rounding, which replaces it.</summary>
        static abstract ushort Round(ref float value);

        /// <summary>The same of numbers, none of which is NaN: bits in the lower halves, zeros above.</summary>
        static abstract TBits Round<TLanes, TBits, TReal>(ref TReal value)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct;
    }

    private readonly struct ToBFloat16 : IFormat
    {
        public static ushort Round(ref float value)
        {
            ushort bits = BFloat16Bits.Round(value);
            value = BFloat16Bits.Widen(bits);
            return bits;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TBits Round<TLanes, TBits, TReal>(ref TReal value)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TBits bits = TLanes.AsBits(value);
            TBits odd = TLanes.And(TLanes.ShiftRight(bits, 16), TLanes.All(1));
            TBits rounded = TLanes.Add(bits, TLanes.Add(odd, TLanes.All(0x7FFF)));
            value = TLanes.AsReal(TLanes.And(rounded, TLanes.All(unchecked((int)0xFFFF0000))));
            return TLanes.ShiftRight(rounded, 16);
        }
    }

    private readonly struct ToHalf : IFormat
    {
        public static ushort Round(ref float value)
        {
            var half = (Half)value;
            value = (float)half;
            return BitConverter.HalfToUInt16Bits(half);
        }

        // Adding 2^(e + 13), e the exponent of a number but at least that of the smallest normal half, pushes the bits
        // that a half cannot hold out of the sum: the processor's own rounding does the work, and what is left in the
        // lower bits is the mantissa. From 65520 on the result is infinite.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TBits Round<TLanes, TBits, TReal>(ref TReal value)
            where TLanes : struct, ILanes<TBits, TReal, int, float>
            where TBits : struct
            where TReal : struct
        {
            TBits sign = TLanes.And(TLanes.AsBits(value), TLanes.All(SignBit));
            TReal size = TLanes.AtMost(TLanes.AsReal(TLanes.Xor(TLanes.AsBits(value), sign)), TLanes.All(65520f));
            TReal atLeast = TLanes.AtLeast(size, TLanes.All(1f / 16384));
            TBits exponent = TLanes.And(TLanes.AsBits(atLeast), TLanes.All(ExponentBits));
            TReal large = TLanes.AsReal(TLanes.Add(exponent, TLanes.All(13 << 23)));
            TReal rounded = TLanes.Add(size, large);
            TBits bits = TLanes.Add(TLanes.AsBits(rounded), TLanes.All(-(126 << 23)));

            TReal kept = TLanes.Subtract(rounded, large);
            kept = TLanes.Select(
                TLanes.Less(TLanes.All(65504f), kept), TLanes.All(float.PositiveInfinity), kept);
            value = TLanes.AsReal(TLanes.Xor(TLanes.AsBits(kept), sign));
            bits = TLanes.And(TLanes.Add(bits, TLanes.ShiftRight(bits, 13)), TLanes.All(0xFFFF));
            return TLanes.Xor(bits, TLanes.ShiftRight(sign, 16));
        }
    }
}
