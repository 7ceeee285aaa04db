using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>Sums of squares in double precision, in an order that does not depend on the processor.</summary>
internal static class Squares
{
    /// <summary>Eight running sums, of every eighth element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            (Vector256<double> lower, Vector256<double> upper) = Eight(values.Slice(i, 8));
            even += lower * lower;
            odd += upper * upper;
        }

        Vector256<double> sums = even + odd;
        double total = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < values.Length; i++)
        {
            double value = One(values[i]);
            total += value * value;
        }

        return total;
    }

    /// <summary>Adds each square to its sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<T>(ReadOnlySpan<T> values, Span<double> sums)
        where T : unmanaged
    {
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            (Vector256<double> lower, Vector256<double> upper) = Eight(values.Slice(i, 8));
            Span<Vector256<double>> to = MemoryMarshal.Cast<double, Vector256<double>>(sums.Slice(i, 8));
            to[0] += lower * lower;
            to[1] += upper * upper;
        }

        for (; i < values.Length; i++)
        {
            double value = One(values[i]);
            sums[i] += value * value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Lower, Vector256<double> Upper) Eight<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector256.Widen(Vector256.Create(MemoryMarshal.Cast<T, float>(values)));
        }

        ReadOnlySpan<double> doubles = MemoryMarshal.Cast<T, double>(values);
        return (Vector256.Create(doubles), Vector256.Create(doubles[4..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double One<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);
}
