using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>
/// The elements of an orthonormal matrix depend on each other: it is made in one piece, in the memory of the parameter
/// itself where that is one run of float32 or float64, and in memory of its own where it is not.
/// </summary>
internal sealed class OrthogonalFiller(OrthogonalLaw law, StreamKey stream) : Filler
{
    private readonly Lock making = new();
    private float[]? singles;
    private double[]? doubles;

    public override void Fill(long start, Span<float> destination) =>
        Made(ref singles, 1, FillWatch.None).AsSpan((int)start, destination.Length).CopyTo(destination);

    public override void Fill(long start, Span<double> destination) =>
        Made(ref doubles, 1, FillWatch.None).AsSpan((int)start, destination.Length).CopyTo(destination);

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch)
    {
        bool whole = run.Length == law.Rows * law.Columns * dtype.Size();
        switch (dtype)
        {
            case DType.Float32 when whole:
                watch.Touch();
                Make(MemoryMarshal.Cast<byte, float>(run), maxThreads, watch);
                return new WrittenFiller();
            case DType.Float64 when whole:
                watch.Touch();
                Make(MemoryMarshal.Cast<byte, double>(run), maxThreads, watch);
                return new WrittenFiller();
            case DType.Float64 or DType.Complex128:
                Made(ref doubles, maxThreads, watch);
                return this;
            default:
                Made(ref singles, maxThreads, watch);
                return this;
        }
    }

    private T[] Made<T>(ref T[]? matrix, int maxThreads, FillWatch watch)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        lock (making)
        {
            if (matrix is null)
            {
                T[] made = GC.AllocateUninitializedArray<T>(checked((int)(law.Rows * law.Columns)));
                Make(made.AsSpan(), maxThreads, watch);
                matrix = made;
            }

            return matrix;
        }
    }

    private void Make<T>(Span<T> destination, int maxThreads, FillWatch watch)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        Orthonormal.Fill(stream, 0, destination, (int)law.Rows, (int)law.Columns, law.Gain, maxThreads, watch);
}

/// <summary>Leaves the values that are in the memory already.</summary>
internal sealed class WrittenFiller : Filler
{
    public override void Fill(long start, Span<float> destination)
    {
    }

    public override void Fill(long start, Span<double> destination)
    {
    }
}
