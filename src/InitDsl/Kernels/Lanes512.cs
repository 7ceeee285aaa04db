using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitDsl;

/// <summary>Vectors of 512 bits.</summary>
internal readonly struct Lanes512<TInt, T> : IVectors<Vector512<TInt>, Vector512<T>, TInt, T>
    where TInt : unmanaged
    where T : unmanaged
{
    public static int Bytes => 64;

    public static Vector512<TInt> BlockOffsets
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0L, 4, 1, 5, 2, 6, 3, 7).As<long, TInt>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> Load(ref byte source, nuint offset) => Vector512.LoadUnsafe(ref source, offset).As<byte, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, ref byte destination, nuint offset) => value.AsByte().StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> All(TInt value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> All(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> AsBits(Vector512<T> value) => value.As<T, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AsReal(Vector512<TInt> value) => value.As<TInt, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ToReal(Vector512<TInt> value) => typeof(T) == typeof(float)
        ? Vector512.ConvertToSingle(value.AsInt32()).As<float, T>()
        : Vector512.ConvertToDouble(value.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> Add(Vector512<TInt> a, Vector512<TInt> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> And(Vector512<TInt> a, Vector512<TInt> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> Xor(Vector512<TInt> a, Vector512<TInt> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> Xor(Vector512<TInt> a, Vector512<TInt> b, Vector512<TInt> c) => Avx512F.TernaryLogic(a.AsUInt64(), b.AsUInt64(), c.AsUInt64(), 0x96).As<ulong, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> ShiftLeft(Vector512<TInt> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> ShiftRight(Vector512<TInt> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> SignMask(Vector512<TInt> value) => typeof(TInt) == typeof(int)
        ? (value.AsInt32() >> 31).As<int, TInt>()
        : (value.AsInt64() >> 63).As<long, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInt> MultiplyHalves(Vector512<TInt> a, Vector512<TInt> b) => Avx512F.Multiply(a.AsUInt32(), b.AsUInt32()).As<ulong, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> JoinHalves(Vector512<TInt> lower, Vector512<TInt> upper) =>
        Vector512.ConditionalSelect(Vector512.Create((ulong)uint.MaxValue), lower.AsUInt64(), upper.AsUInt64() << 32).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> a, Vector512<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sqrt(Vector512<T> value) => Vector512.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Step(Vector512<T> p, Vector512<T> x, T c) => (p * x) + Vector512.Create(c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtMost(Vector512<T> value, Vector512<T> bound) => typeof(T) == typeof(float)
        ? Avx512F.Min(bound.AsSingle(), value.AsSingle()).As<float, T>()
        : Avx512F.Min(bound.AsDouble(), value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtLeast(Vector512<T> value, Vector512<T> bound) => typeof(T) == typeof(float)
        ? Avx512F.Max(bound.AsSingle(), value.AsSingle()).As<float, T>()
        : Avx512F.Max(bound.AsDouble(), value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Less(Vector512<T> a, Vector512<T> b) => Vector512.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Vector512<T> a, Vector512<T> b) => Vector512.LessThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNaN(Vector512<T> value) => !Vector512.EqualsAll(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> condition, Vector512<T> yes, Vector512<T> no) => Vector512.ConditionalSelect(condition, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveLower(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveUpper(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
        ? Avx512F.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowerHalves(Vector512<TInt> a, Vector512<TInt> b, ref byte destination, nuint offset) =>
        Vector512.Narrow(a.AsUInt32(), b.AsUInt32()).AsByte().StoreUnsafe(ref destination, offset);

    public static void WriteWords(in PhiloxSchedule schedule, uint block, int count, ref byte destination) =>
        PhiloxLanes.Write<Lanes512<long, double>, Vector512<long>, Vector512<double>, T>(schedule, block, count, ref destination);
}
