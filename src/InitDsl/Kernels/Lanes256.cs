using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitDsl;

/// <summary>Vectors of 256 bits.</summary>
internal readonly struct Lanes256<TInt, T> : IVectors<Vector256<TInt>, Vector256<T>, TInt, T>
    where TInt : unmanaged
    where T : unmanaged
{
    public static int Bytes => 32;

    public static Vector256<TInt> BlockOffsets
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0L, 2, 1, 3).As<long, TInt>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> Load(ref byte source, nuint offset) => Vector256.LoadUnsafe(ref source, offset).As<byte, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, ref byte destination, nuint offset) => value.AsByte().StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> All(TInt value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> All(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> AsBits(Vector256<T> value) => value.As<T, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AsReal(Vector256<TInt> value) => value.As<TInt, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ToReal(Vector256<TInt> value) => typeof(T) == typeof(float)
        ? Vector256.ConvertToSingle(value.AsInt32()).As<float, T>()
        : Vector256.ConvertToDouble(value.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> Add(Vector256<TInt> a, Vector256<TInt> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> And(Vector256<TInt> a, Vector256<TInt> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> Xor(Vector256<TInt> a, Vector256<TInt> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> Xor(Vector256<TInt> a, Vector256<TInt> b, Vector256<TInt> c) => a ^ (b ^ c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> ShiftLeft(Vector256<TInt> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> ShiftRight(Vector256<TInt> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> SignMask(Vector256<TInt> value) => typeof(TInt) == typeof(int)
        ? (value.AsInt32() >> 31).As<int, TInt>()
        : Vector256.LessThan(value, Vector256<TInt>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInt> MultiplyHalves(Vector256<TInt> a, Vector256<TInt> b) => Avx2.Multiply(a.AsUInt32(), b.AsUInt32()).As<ulong, TInt>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> JoinHalves(Vector256<TInt> lower, Vector256<TInt> upper) =>
        Avx2.Blend(lower.AsInt32(), (upper.AsInt64() << 32).AsInt32(), 0b10101010).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sqrt(Vector256<T> value) => Vector256.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Step(Vector256<T> p, Vector256<T> x, T c) => (p * x) + Vector256.Create(c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtMost(Vector256<T> value, Vector256<T> bound) => typeof(T) == typeof(float)
        ? Avx.Min(bound.AsSingle(), value.AsSingle()).As<float, T>()
        : Avx.Min(bound.AsDouble(), value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtLeast(Vector256<T> value, Vector256<T> bound) => typeof(T) == typeof(float)
        ? Avx.Max(bound.AsSingle(), value.AsSingle()).As<float, T>()
        : Avx.Max(bound.AsDouble(), value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Less(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Vector256<T> a, Vector256<T> b) => Vector256.LessThanAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNaN(Vector256<T> value) => !Vector256.EqualsAll(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> condition, Vector256<T> yes, Vector256<T> no) => Vector256.ConditionalSelect(condition, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveLower(Vector256<T> a, Vector256<T> b) => typeof(T) == typeof(float)
        ? Avx.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveUpper(Vector256<T> a, Vector256<T> b) => typeof(T) == typeof(float)
        ? Avx.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowerHalves(Vector256<TInt> a, Vector256<TInt> b, ref byte destination, nuint offset) =>
        Vector256.Narrow(a.AsUInt32(), b.AsUInt32()).AsByte().StoreUnsafe(ref destination, offset);

    public static void WriteWords(in PhiloxSchedule schedule, uint block, int count, ref byte destination) =>
        PhiloxLanes.Write<Lanes256<long, double>, Vector256<long>, Vector256<double>, T>(schedule, block, count, ref destination);
}
