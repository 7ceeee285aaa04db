namespace InitDsl;

/// <summary>A filler that computes in double precision; single-precision values are those, rounded.</summary>
internal abstract class ExactFiller : Filler
{
    private const int Chunk = 1024;

    public override void Fill(long start, Span<float> destination)
    {
        Span<double> buffer = stackalloc double[Math.Min(Chunk, destination.Length)];
        for (int done = 0; done < destination.Length; done += Chunk)
        {
            Span<double> values = buffer[..Math.Min(Chunk, destination.Length - done)];
            Fill(start + done, values);
            for (int i = 0; i < values.Length; i++)
            {
                destination[done + i] = (float)values[i];
            }
        }
    }
}

internal sealed class ValuesFiller(ValuesLaw law) : ExactFiller
{
    public override void Fill(long start, Span<double> destination) =>
        law.Values.Slice(checked((int)start), destination.Length).CopyTo(destination);
}

/// <summary>±value by the common ones of row and column.</summary>
internal sealed class HadamardFiller(HadamardLaw law) : ExactFiller
{
    public override void Fill(long start, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            (long row, long column) = Math.DivRem(start + i, law.Columns);
            destination[i] = HadamardLaw.IsNegative(row, column) ? -law.Value : law.Value;
        }
    }
}

/// <summary>The weights of linear interpolation, between equal channels alone.</summary>
internal sealed class UpsamplingFiller(UpsamplingLaw law) : ExactFiller
{
    private readonly double[] kernel = KernelOf(law);

    public override void Fill(long start, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            (long pair, long position) = Math.DivRem(start + i, kernel.Length);
            (long first, long second) = Math.DivRem(pair, law.Shape[1]);
            destination[i] = law.Connects(first, second) ? kernel[position] : 0;
        }
    }

    private static double[] KernelOf(UpsamplingLaw law)
    {
        double[] kernel = [law.Value];
        foreach (long size in law.Shape.Skip(2))
        {
            double[] weights = UpsamplingLaw.Weights(size);
            kernel = [.. kernel.SelectMany(_ => weights, (product, weight) => product * weight)];
        }

        return kernel;
    }
}
