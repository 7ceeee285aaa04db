using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>What one of two sequences that alternate in a block adds up to.</summary>
/// <param name="Sum">Of the differences from the sequence's origin.</param>
/// <param name="Squares">Of the same.</param>
/// <param name="Min">The smallest value; what is not a number does not count.</param>
/// <param name="Max">The largest.</param>
internal readonly record struct PartSums(double Sum, double Squares, double Min, double Max)
{
    internal PartSums With(PartSums other) =>
        new(Sum + other.Sum, Squares + other.Squares, Math.Min(Min, other.Min), Math.Max(Max, other.Max));
}

/// <summary>
/// One pass over a block of values: sums apart for values of even and of odd index, as the parts of complex numbers lie.
/// The lanes are the same at every vector width, and so are the bits.
/// </summary>
/// <param name="Used">How many values were looked at: whole pairs of vectors.</param>
/// <param name="Even">Of the values 0, 2, 4, …</param>
/// <param name="Odd">Of the values 1, 3, 5, …</param>
internal readonly record struct BlockSums(int Used, PartSums Even, PartSums Odd)
{
    /// <param name="values">At least two.</param>
    /// <param name="even">The origin of the values of even index.</param>
    /// <param name="odd">The origin of the others.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static BlockSums Of<T>(ReadOnlySpan<T> values, T even, T odd)
        where T : unmanaged, INumber<T>
    {
        int step = 2 * Vector512<T>.Count;
        nuint used = (nuint)(values.Length / step * step);
        ref T first = ref MemoryMarshal.GetReference(values);
        Vector512<T> origin = Alternating(even, odd);
        Vector512<T> sum = Vector512<T>.Zero;
        Vector512<T> sum2 = Vector512<T>.Zero;
        Vector512<T> square = Vector512<T>.Zero;
        Vector512<T> square2 = Vector512<T>.Zero;
        Vector512<T> low = origin;
        Vector512<T> high = origin;
        for (nuint at = 0; at < used; at += 2 * (nuint)Vector512<T>.Count)
        {
            Vector512<T> a = Vector512.LoadUnsafe(ref first, at);
            Vector512<T> b = Vector512.LoadUnsafe(ref first, at + (nuint)Vector512<T>.Count);
            low = Vector512.MinNative(low, Vector512.MinNative(a, b));
            high = Vector512.MaxNative(high, Vector512.MaxNative(a, b));
            a -= origin;
            b -= origin;
            sum += a;
            sum2 += b;
            square += a * a;
            square2 += b * b;
        }

        Vector128<double> sums = Total(sum, sum2);
        Vector128<double> squares = Total(square, square2);
        return new(
            (int)used,
            new(sums[0], squares[0], Least(low, 0), Greatest(high, 0)),
            new(sums[1], squares[1], Least(low, 1), Greatest(high, 1)));
    }

    private static Vector512<T> Alternating<T>(T even, T odd)
        where T : unmanaged
    {
        Vector128<T> pairs = Vector128.Create(even);
        for (int lane = 1; lane < Vector128<T>.Count; lane += 2)
        {
            pairs = pairs.WithElement(lane, odd);
        }

        Vector256<T> half = Vector256.Create(pairs, pairs);
        return Vector512.Create(half, half);
    }

    // In one order, whatever the processor's width: even lanes to the first, odd ones to the second.
    private static Vector128<double> Total<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged
    {
        Vector512<double> lanes;
        if (typeof(T) == typeof(float))
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(a.AsSingle());
            (Vector512<double> lower2, Vector512<double> upper2) = Vector512.Widen(b.AsSingle());
            lanes = (lower + upper) + (lower2 + upper2);
        }
        else
        {
            lanes = a.AsDouble() + b.AsDouble();
        }

        Vector256<double> half = lanes.GetLower() + lanes.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    private static double Least<T>(Vector512<T> lanes, int parity)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = Vector256.MinNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<T> quarter = Vector128.MinNative(half.GetLower(), half.GetUpper());
        return double.CreateTruncating(T.Min(quarter[parity], quarter[Vector128<T>.Count - 2 + parity]));
    }

    private static double Greatest<T>(Vector512<T> lanes, int parity)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<T> quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        return double.CreateTruncating(T.Max(quarter[parity], quarter[Vector128<T>.Count - 2 + parity]));
    }
}
