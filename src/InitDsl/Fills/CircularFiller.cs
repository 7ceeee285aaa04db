namespace InitDsl;

/// <summary>
/// Element i takes the uniforms 2i and 2i + 1 of the float64 stream: one for the modulus, one for the phase in turns.
/// </summary>
internal sealed class CircularFiller(CircularLaw law, StreamKey stream) : ExactFiller
{
    private const int Chunk = 1024;
    private const double UnitsInTurn = 9007199254740992;

    public override void Fill(long start, Span<double> destination)
    {
        Span<double> buffer = stackalloc double[Chunk];
        while (!destination.IsEmpty)
        {
            int skipped = (int)(start & 1);
            int length = Math.Min(Chunk - 2, destination.Length);
            Span<double> pairs = buffer[..((skipped + length + 1) & ~1)];
            UniformDraws.Fill(stream, start - skipped, pairs, 0, 1);
            for (int i = 0; i < pairs.Length; i += 2)
            {
                double modulus = law.Modulus(pairs[i]);
                Elementary.SinCosTurn((long)(pairs[i + 1] * UnitsInTurn), out double sin, out double cos);
                pairs[i] = modulus * cos;
                pairs[i + 1] = modulus * sin;
            }

            pairs.Slice(skipped, length).CopyTo(destination);
            start += length;
            destination = destination[length..];
        }
    }
}

/// <summary>The logarithms of uniform draws.</summary>
internal sealed class LogOfUniformFiller(LogOfUniformLaw law, StreamKey stream) : ExactFiller
{
    public override void Fill(long start, Span<double> destination)
    {
        UniformDraws.Fill(stream, start, destination, law.Low, law.High);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Elementary.Log(destination[i]);
        }
    }
}
