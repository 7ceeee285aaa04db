using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace InitDsl;

/// <summary>Vectors of 128 bits.</summary>
internal readonly struct Lanes128<TInt, T> : IVectors<Vector128<TInt>, Vector128<T>, TInt, T>
    where TInt : unmanaged
    where T : unmanaged
{
    public static int Bytes => 16;

    public static Vector128<TInt> BlockOffsets
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0L, 1).As<long, TInt>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> Load(ref byte source, nuint offset) => Vector128.LoadUnsafe(ref source, offset).As<byte, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref byte destination, nuint offset) => value.AsByte().StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> All(TInt value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> All(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> AsBits(Vector128<T> value) => value.As<T, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AsReal(Vector128<TInt> value) => value.As<TInt, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ToReal(Vector128<TInt> value) => typeof(T) == typeof(float)
        ? Vector128.ConvertToSingle(value.AsInt32()).As<float, T>()
        : Vector128.ConvertToDouble(value.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> Add(Vector128<TInt> a, Vector128<TInt> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> And(Vector128<TInt> a, Vector128<TInt> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> Xor(Vector128<TInt> a, Vector128<TInt> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> Xor(Vector128<TInt> a, Vector128<TInt> b, Vector128<TInt> c) => a ^ (b ^ c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> ShiftLeft(Vector128<TInt> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> ShiftRight(Vector128<TInt> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> SignMask(Vector128<TInt> value) => typeof(TInt) == typeof(int)
        ? (value.AsInt32() >> 31).As<int, TInt>()
        : Vector128.LessThan(value, Vector128<TInt>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInt> MultiplyHalves(Vector128<TInt> a, Vector128<TInt> b) => Sse2.IsSupported
        ? Sse2.Multiply(a.AsUInt32(), b.AsUInt32()).As<ulong, TInt>()
        : AdvSimd.IsSupported
        ? AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(a.AsUInt64()), AdvSimd.ExtractNarrowingLower(b.AsUInt64())).As<ulong, TInt>()
        : ((a.AsUInt64() & Vector128.Create((ulong)uint.MaxValue)) * (b.AsUInt64() & Vector128.Create((ulong)uint.MaxValue))).As<ulong, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> JoinHalves(Vector128<TInt> lower, Vector128<TInt> upper) =>
        Vector128.ConditionalSelect(Vector128.Create((ulong)uint.MaxValue), lower.AsUInt64(), upper.AsUInt64() << 32).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sqrt(Vector128<T> value) => Vector128.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Step(Vector128<T> p, Vector128<T> x, T c) => (p * x) + Vector128.Create(c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtMost(Vector128<T> value, Vector128<T> bound) => !Sse2.IsSupported
        ? Vector128.ConditionalSelect(Vector128.GreaterThan(value, bound), bound, value)
        : typeof(T) == typeof(float)
        ? Sse.Min(bound.AsSingle(), value.AsSingle()).As<float, T>()
        : Sse2.Min(bound.AsDouble(), value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtLeast(Vector128<T> value, Vector128<T> bound) => !Sse2.IsSupported
        ? Vector128.ConditionalSelect(Vector128.LessThan(value, bound), bound, value)
        : typeof(T) == typeof(float)
        ? Sse.Max(bound.AsSingle(), value.AsSingle()).As<float, T>()
        : Sse2.Max(bound.AsDouble(), value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Less(Vector128<T> a, Vector128<T> b) => Vector128.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Vector128<T> a, Vector128<T> b) => Vector128.LessThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNaN(Vector128<T> value) => !Vector128.EqualsAll(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> condition, Vector128<T> yes, Vector128<T> no) => Vector128.ConditionalSelect(condition, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveLower(Vector128<T> a, Vector128<T> b) => typeof(T) == typeof(float)
        ? (Sse.IsSupported
            ? Sse.UnpackLow(a.AsSingle(), b.AsSingle())
            : Vector128.Create(a.AsSingle()[0], b.AsSingle()[0], a.AsSingle()[1], b.AsSingle()[1])).As<float, T>()
        : Vector128.Create(a.AsDouble().GetLower(), b.AsDouble().GetLower()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveUpper(Vector128<T> a, Vector128<T> b) => typeof(T) == typeof(float)
        ? (Sse.IsSupported
            ? Sse.UnpackHigh(a.AsSingle(), b.AsSingle())
            : Vector128.Create(a.AsSingle()[2], b.AsSingle()[2], a.AsSingle()[3], b.AsSingle()[3])).As<float, T>()
        : Vector128.Create(a.AsDouble().GetUpper(), b.AsDouble().GetUpper()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowerHalves(Vector128<TInt> a, Vector128<TInt> b, ref byte destination, nuint offset) =>
        Vector128.Narrow(a.AsUInt32(), b.AsUInt32()).AsByte().StoreUnsafe(ref destination, offset);

    public static void WriteWords(in PhiloxSchedule schedule, uint block, int count, ref byte destination) =>
        PhiloxLanes.Write<Lanes128<long, double>, Vector128<long>, Vector128<double>, T>(schedule, block, count, ref destination);
}
