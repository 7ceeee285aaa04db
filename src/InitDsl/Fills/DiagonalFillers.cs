using System.Numerics;

namespace InitDsl;

/// <summary>One number at few places, zeros everywhere else: memory is cleared as quickly as it can be, and the places are
/// visited by themselves.</summary>
internal abstract class ScatteredFiller(double value) : Filler
{
    /// <summary>No more places.</summary>
    internal const long None = long.MaxValue;

    public sealed override void Fill(long start, Span<float> destination) => Place(start, destination);

    public sealed override void Fill(long start, Span<double> destination) => Place(start, destination);

    /// <summary>The first place of the number at an element or after it; <see cref="None"/> where there is no other.</summary>
    internal abstract long Next(long from);

    private void Place<T>(long start, Span<T> destination)
        where T : struct, IFloatingPointIeee754<T>
    {
        destination.Clear();
        T number = T.CreateSaturating(value);
        for (long at = Next(start); at < start + destination.Length; at = Next(at + 1))
        {
            destination[(int)(at - start)] = number;
        }
    }
}

/// <summary>One number on the main diagonal.</summary>
internal sealed class EyeFiller(EyeLaw law) : ScatteredFiller(law.Value)
{
    private readonly long step = law.Columns + 1;
    private readonly long diagonal = Math.Min(law.Rows, law.Columns);

    internal override long Next(long from)
    {
        long row = (from + step - 1) / step;
        return row < diagonal ? row * step : None;
    }
}

/// <summary>One element a channel: at output channel g·(out/groups) + d, input channel d, the kernel's centre.</summary>
internal sealed class DiracFiller : ScatteredFiller
{
    private readonly DiracLaw law;
    private readonly long kernel = 1;
    private readonly long centre;

    public DiracFiller(DiracLaw law)
        : base(law.Value)
    {
        this.law = law;
        for (int axis = 2; axis < law.Shape.Rank; axis++)
        {
            kernel *= law.Shape[axis];
            centre = (centre * law.Shape[axis]) + (law.Shape[axis] / 2);
        }
    }

    internal override long Next(long from)
    {
        long perOutput = law.Shape[1] * kernel;
        long perGroup = perOutput == 0 ? 0 : law.Shape[0] / law.Groups;
        for (long output = perOutput == 0 ? 0 : from / perOutput; perGroup > 0 && output < law.Shape[0]; output++)
        {
            long channel = output % perGroup;
            if (channel >= law.ChannelsPerGroup)
            {
                // The next group's first.
                output += perGroup - channel - 1;
                continue;
            }

            long at = (output * perOutput) + (channel * kernel) + centre;
            if (at >= from)
            {
                return at;
            }
        }

        return None;
    }
}
