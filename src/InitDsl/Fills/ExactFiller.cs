namespace InitDsl;

/// <summary>A filler that computes in double precision; single-precision values are those, rounded.</summary>
internal abstract class ExactFiller : Filler
{
    private const int Chunk = 1024;

    public sealed override void Fill(long start, Span<float> destination)
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

/// <summary>Ones on the diagonal: element (r, r) of a row-major matrix lies at r · (columns + 1).</summary>
internal sealed class EyeFiller(EyeLaw law) : ExactFiller
{
    public override void Fill(long start, Span<double> destination)
    {
        destination.Clear();
        long step = law.Columns + 1;
        long diagonal = Math.Min(law.Rows, law.Columns);
        for (long r = (start + step - 1) / step; r < diagonal && (r * step) - start < destination.Length; r++)
        {
            destination[(int)((r * step) - start)] = law.Value;
        }
    }
}

/// <summary>One element a channel: at output channel g·(out/groups) + d, input channel d, the kernel's centre.</summary>
internal sealed class DiracFiller(DiracLaw law) : ExactFiller
{
    public override void Fill(long start, Span<double> destination)
    {
        destination.Clear();
        Shape shape = law.Shape;
        long kernel = 1;
        long centre = 0;
        for (int axis = 2; axis < shape.Rank; axis++)
        {
            kernel *= shape[axis];
            centre = (centre * shape[axis]) + (shape[axis] / 2);
        }

        for (long group = 0; group < law.Groups; group++)
        {
            for (long d = 0; d < law.ChannelsPerGroup; d++)
            {
                long output = (group * (shape[0] / law.Groups)) + d;
                long at = (((output * shape[1]) + d) * kernel) + centre - start;
                if (at >= 0 && at < destination.Length)
                {
                    destination[(int)at] = law.Value;
                }
            }
        }
    }
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
