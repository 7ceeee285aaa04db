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
