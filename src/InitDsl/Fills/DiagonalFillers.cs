using System.Numerics;

namespace InitDsl;

/// <summary>Ones on the diagonal: element (r, r) of a row-major matrix lies at r · (columns + 1).</summary>
internal sealed class EyeFiller(EyeLaw law) : Filler
{
    public override void Fill(long start, Span<float> destination) => Place(start, destination);

    public override void Fill(long start, Span<double> destination) => Place(start, destination);

    private void Place<T>(long start, Span<T> destination)
        where T : struct, IFloatingPointIeee754<T>
    {
        destination.Clear();
        long step = law.Columns + 1;
        long diagonal = Math.Min(law.Rows, law.Columns);
        T value = T.CreateSaturating(law.Value);
        for (long r = (start + step - 1) / step; r < diagonal && (r * step) - start < destination.Length; r++)
        {
            destination[(int)((r * step) - start)] = value;
        }
    }
}

/// <summary>One element a channel: at output channel g·(out/groups) + d, input channel d, the kernel's centre.</summary>
internal sealed class DiracFiller : Filler
{
    private readonly DiracLaw law;
    private readonly long kernel = 1;
    private readonly long centre;

    public DiracFiller(DiracLaw law)
    {
        this.law = law;
        for (int axis = 2; axis < law.Shape.Rank; axis++)
        {
            kernel *= law.Shape[axis];
            centre = (centre * law.Shape[axis]) + (law.Shape[axis] / 2);
        }
    }

    public override void Fill(long start, Span<float> destination) => Place(start, destination);

    public override void Fill(long start, Span<double> destination) => Place(start, destination);

    /// <summary>Looks at the output channels alone that the range touches.</summary>
    private void Place<T>(long start, Span<T> destination)
        where T : struct, IFloatingPointIeee754<T>
    {
        destination.Clear();
        if (destination.IsEmpty)
        {
            return;
        }

        long perOutput = law.Shape[1] * kernel;
        long perGroup = law.Shape[0] / law.Groups;
        T value = T.CreateSaturating(law.Value);
        long last = (start + destination.Length - 1) / perOutput;
        for (long output = start / perOutput; output <= last; output++)
        {
            long channel = output % perGroup;
            long at = (output * perOutput) + (channel * kernel) + centre - start;
            if (channel < law.ChannelsPerGroup && at >= 0 && at < destination.Length)
            {
                destination[(int)at] = value;
            }
        }
    }
}
