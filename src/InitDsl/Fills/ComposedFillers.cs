namespace InitDsl;

/// <summary>Another filler's values with one row of a table set to zero.</summary>
internal sealed class PaddedFiller(PaddedLaw law, Filler inner) : Filler
{
    private readonly long rowLength = law.RowLength * law.Components;

    public override void Fill(long start, Span<float> destination)
    {
        inner.Fill(start, destination);
        PaddingIn(start, destination).Clear();
    }

    public override void Fill(long start, Span<double> destination)
    {
        inner.Fill(start, destination);
        PaddingIn(start, destination).Clear();
    }

    internal override Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch)
    {
        Filler prepared = inner.Prepare(dtype, run, maxThreads, watch);
        return prepared == inner ? this : new PaddedFiller(law, prepared);
    }

    /// <summary>The part of a range that lies in the zero row.</summary>
    private Span<T> PaddingIn<T>(long start, Span<T> range)
    {
        long from = Math.Clamp((law.PaddingIndex * rowLength) - start, 0, range.Length);
        long end = Math.Clamp(((law.PaddingIndex + 1) * rowLength) - start, 0, range.Length);
        return range[(int)from..(int)end];
    }
}

/// <summary>
/// Real and imaginary parts in turn. Random parts take the elements 2i and 2i + 1 of the stream; exact values go
/// to the real parts alone.
/// </summary>
internal sealed class ComplexFiller(ComplexLaw law, StreamKey stream) : Filler
{
    private const int Chunk = 1024;
    private readonly Filler real = Of(law.Real, stream);
    private readonly Filler imaginary = Of(law.Imaginary, stream);

    /// <summary>Whether an element of the real part's filler is a component, or a whole complex number.</summary>
    private readonly bool byComponent = law.Real is NormalLaw;

    /// <summary>Whether both parts follow one law by the component: then they are that law's elements as they come.</summary>
    private readonly bool alike = law.Real is NormalLaw && law.Real == law.Imaginary;

    internal override bool IsConstant => real.IsConstant && imaginary.IsConstant;

    public override void Fill(long start, Span<float> destination) =>
        Weave(start, destination, real.Fill, imaginary.Fill);

    public override void Fill(long start, Span<double> destination) =>
        Weave(start, destination, real.Fill, imaginary.Fill);

    private void Weave<T>(long start, Span<T> destination, RangeFill<T> reals, RangeFill<T> imaginaries)
        where T : unmanaged
    {
        if (alike)
        {
            reals(start, destination);
            return;
        }

        Span<T> buffer = stackalloc T[Chunk];
        while (destination.Length > 0)
        {
            Span<T> part = destination[..Math.Min(Chunk, destination.Length)];
            if (byComponent)
            {
                Span<T> odd = buffer[..part.Length];
                reals(start, part);
                imaginaries(start, odd);
                for (int i = (int)(1 - (start & 1)); i < part.Length; i += 2)
                {
                    part[i] = odd[i];
                }
            }
            else
            {
                long first = start / 2;
                reals(first, buffer[..(int)(((start + part.Length + 1) / 2) - first)]);
                for (int i = 0; i < part.Length; i++)
                {
                    long component = start + i;
                    part[i] = (component & 1) == 0 ? buffer[(int)((component / 2) - first)] : default;
                }
            }

            start += part.Length;
            destination = destination[part.Length..];
        }
    }
}
