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
    /// <summary>Bytes of a row of lanes, as wide as the widest vector: narrower ones take it in parts.</summary>
    private const int Row = 64;

    /// <param name="values">At least two.</param>
    /// <param name="even">The origin of the values of even index.</param>
    /// <param name="odd">The origin of the others.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static BlockSums Of<T>(ReadOnlySpan<T> values, T even, T odd)
        where T : unmanaged, INumber<T>
    {
        Rows rows = default;
        Span<T> origin = MemoryMarshal.Cast<byte, T>(MemoryMarshal.AsBytes(new Span<Vector512<byte>>(ref rows.Origin)));
        for (int lane = 0; lane < origin.Length; lane += 2)
        {
            origin[lane] = even;
            origin[lane + 1] = odd;
        }

        int pair = 2 * Row / Unsafe.SizeOf<T>();
        int used = values.Length / pair * pair;
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        if (typeof(T) == typeof(float))
        {
            Add<int, float>(ref first, (nuint)used * sizeof(float), ref rows);
        }
        else
        {
            Add<long, double>(ref first, (nuint)used * sizeof(double), ref rows);
        }

        Vector128<double> sums = Total(rows.Sum.As<byte, T>(), rows.Sum2.As<byte, T>());
        Vector128<double> squares = Total(rows.Square.As<byte, T>(), rows.Square2.As<byte, T>());
        return new(
            used,
            new(sums[0], squares[0], Least(rows.Low.As<byte, T>(), 0), Greatest(rows.High.As<byte, T>(), 0)),
            new(sums[1], squares[1], Least(rows.Low.As<byte, T>(), 1), Greatest(rows.High.As<byte, T>(), 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TInt, T>(ref byte first, nuint bytes, ref Rows rows)
        where TInt : unmanaged
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Lanes512<TInt, T>, Vector512<TInt>, Vector512<T>, TInt, T>(ref first, bytes, ref rows);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Add<Lanes256<TInt, T>, Vector256<TInt>, Vector256<T>, TInt, T>(ref first, bytes, ref rows);
        }
        else
        {
            Add<Lanes128<TInt, T>, Vector128<TInt>, Vector128<T>, TInt, T>(ref first, bytes, ref rows);
        }
    }

    /// <summary>One part of the rows after the other: all of a part's sums fit into registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLanes, TBits, TReal, TInt, T>(ref byte first, nuint bytes, ref Rows rows)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct
        where TInt : unmanaged
        where T : unmanaged
    {
        for (nuint part = 0; part < Row; part += (nuint)TLanes.Bytes)
        {
            TReal origin = TLanes.AsReal(TLanes.Load(ref Bytes(ref rows.Origin), part));
            TReal sum = default;
            TReal sum2 = default;
            TReal square = default;
            TReal square2 = default;
            TReal low = origin;
            TReal high = origin;
            for (nuint at = part; at < bytes; at += 2 * Row)
            {
                TReal a = TLanes.AsReal(TLanes.Load(ref first, at));
                TReal b = TLanes.AsReal(TLanes.Load(ref first, at + Row));
                low = TLanes.AtMost(TLanes.AtMost(a, b), low);
                high = TLanes.AtLeast(TLanes.AtLeast(a, b), high);
                a = TLanes.Subtract(a, origin);
                b = TLanes.Subtract(b, origin);
                sum = TLanes.Add(sum, a);
                sum2 = TLanes.Add(sum2, b);
                square = TLanes.Add(square, TLanes.Multiply(a, a));
                square2 = TLanes.Add(square2, TLanes.Multiply(b, b));
            }

            TLanes.Store(sum, ref Bytes(ref rows.Sum), part);
            TLanes.Store(sum2, ref Bytes(ref rows.Sum2), part);
            TLanes.Store(square, ref Bytes(ref rows.Square), part);
            TLanes.Store(square2, ref Bytes(ref rows.Square2), part);
            TLanes.Store(low, ref Bytes(ref rows.Low), part);
            TLanes.Store(high, ref Bytes(ref rows.High), part);
        }
    }

    // In one order, whatever the processor's width: even lanes to the first, odd ones to the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Least<T>(Vector512<T> lanes, int parity)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = Vector256.MinNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<T> quarter = Vector128.MinNative(half.GetLower(), half.GetUpper());
        return double.CreateTruncating(T.Min(quarter[parity], quarter[Vector128<T>.Count - 2 + parity]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Greatest<T>(Vector512<T> lanes, int parity)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<T> quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        return double.CreateTruncating(T.Max(quarter[parity], quarter[Vector128<T>.Count - 2 + parity]));
    }

    private static ref byte Bytes(ref Vector512<byte> row) => ref Unsafe.As<Vector512<byte>, byte>(ref row);

    /// <summary>What the lanes of a row have come to, and where they began.</summary>
    private struct Rows
    {
        internal Vector512<byte> Origin;
        internal Vector512<byte> Sum;
        internal Vector512<byte> Sum2;
        internal Vector512<byte> Square;
        internal Vector512<byte> Square2;
        internal Vector512<byte> Low;
        internal Vector512<byte> High;
    }
}
