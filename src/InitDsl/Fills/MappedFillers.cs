using System.Numerics;

namespace InitDsl;

/// <summary>Another filler's values, each changed by itself.</summary>
internal sealed class ClampedFiller(ClampedLaw law, Filler inner) : Filler
{
    public override void Fill(long start, Span<float> destination)
    {
        inner.Fill(start, destination);
        (float low, float high) = ((float)law.Low, (float)law.High);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Math.Clamp(destination[i], low, high);
        }
    }

    public override void Fill(long start, Span<double> destination)
    {
        inner.Fill(start, destination);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Math.Clamp(destination[i], law.Low, law.High);
        }
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) =>
        new ClampedFiller(law, inner.Prepare(dtype, run, maxThreads, watch));
}

/// <summary>Another filler's values times a number.</summary>
internal sealed class ScaledFiller(ScaledLaw law, Filler inner) : Filler
{
    public override void Fill(long start, Span<float> destination)
    {
        inner.Fill(start, destination);
        float factor = (float)law.Factor;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] *= factor;
        }
    }

    public override void Fill(long start, Span<double> destination)
    {
        inner.Fill(start, destination);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] *= law.Factor;
        }
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) =>
        new ScaledFiller(law, inner.Prepare(dtype, run, maxThreads, watch));
}

/// <summary>Another filler's values, rounded to a dtype.</summary>
internal sealed class CastFiller(CastLaw law, Filler inner) : Filler
{
    public override void Fill(long start, Span<float> destination)
    {
        inner.Fill(start, destination);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)Precision.Round(law.DType, destination[i]);
        }
    }

    public override void Fill(long start, Span<double> destination)
    {
        inner.Fill(start, destination);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Precision.Round(law.DType, destination[i]);
        }
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) =>
        new CastFiller(law, inner.Prepare(dtype, run, maxThreads, watch));
}

/// <summary>The sum of two fillers' values.</summary>
internal sealed class SumFiller(Filler first, Filler second) : Filler
{
    private const int Chunk = 1024;

    public override void Fill(long start, Span<float> destination)
    {
        first.Fill(start, destination);
        Add(start, destination, second.Fill);
    }

    public override void Fill(long start, Span<double> destination)
    {
        first.Fill(start, destination);
        Add(start, destination, second.Fill);
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) => new SumFiller(
        first.Prepare(dtype, run, maxThreads, watch.Part(0, 2)), second.Prepare(dtype, default, maxThreads, watch.Part(1, 2)));

    private static void Add<T>(long start, Span<T> destination, RangeFill<T> fill)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        Span<T> buffer = stackalloc T[Chunk];
        for (int done = 0; done < destination.Length; done += Chunk)
        {
            Span<T> part = destination.Slice(done, Math.Min(Chunk, destination.Length - done));
            fill(start + done, buffer[..part.Length]);
            for (int i = 0; i < part.Length; i++)
            {
                part[i] += buffer[i];
            }
        }
    }
}
