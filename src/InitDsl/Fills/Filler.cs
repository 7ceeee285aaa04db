namespace InitDsl;

/// <summary>
/// A law and a stream, turned into values: any range of a parameter, at any time, gives the same values as the
/// whole parameter filled at once.
/// </summary>
public abstract class Filler
{
    private protected Filler()
    {
    }

    /// <summary>The filler of a plan's step.</summary>
    /// <param name="step">The step.</param>
    public static Filler Of(PlanStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Law is OverlaidLaw overlaid
            ? new OverlaidFiller(overlaid, step.Stream, [.. step.Slices.Select(slice => slice.Stream)])
            : Of(step.Law, step.Law.IsRandom ? step.Stream : default);
    }

    /// <summary>The filler of a law over a stream.</summary>
    /// <param name="law">The law.</param>
    /// <param name="stream">The stream's key.</param>
    public static Filler Of(Law law, StreamKey stream) => law switch
    {
        ConstantLaw constant => new ConstantFiller(constant.Value),
        UniformLaw uniform => new UniformFiller(uniform, stream),
        NormalLaw normal => new NormalFiller(normal, stream),
        TruncatedNormalLaw truncated => new TruncatedNormalFiller(truncated, stream),
        EyeLaw eye => new EyeFiller(eye),
        DiracLaw dirac => new DiracFiller(dirac),
        OrthogonalLaw orthogonal => new OrthogonalFiller(orthogonal, stream),
        BlockOrthogonalLaw block => new BlockOrthogonalFiller(block, stream),
        SparseLaw sparse => new SparseFiller(sparse, stream),
        ValuesLaw values => new ValuesFiller(values),
        FileLaw file => new FileFiller(file),
        PaddedLaw padded => new PaddedFiller(padded, Of(padded.Inner, stream)),
        ComplexLaw complex => new ComplexFiller(complex, stream),
        LogOfUniformLaw uniform => new LogOfUniformFiller(uniform, stream),
        CircularLaw circular => new CircularFiller(circular, stream),
        HadamardLaw hadamard => new HadamardFiller(hadamard),
        UpsamplingLaw upsampling => new UpsamplingFiller(upsampling),
        ClampedLaw clamped => new ClampedFiller(clamped, Of(clamped.Inner, stream)),
        CastLaw cast => new CastFiller(cast, Of(cast.Inner, stream)),
        ScaledLaw scaled => new ScaledFiller(scaled, Of(scaled.Inner, stream)),
        MaskedLaw masked => new MaskedFiller(masked, Of(masked.Inner, stream)),
        RepeatedLaw repeated => new RepeatedFiller(repeated, Of(repeated.Inner, stream)),
        CentredLaw centred => new CentredFiller(centred, Of(centred.Matrix, stream)),
        SlicedLaw sliced => new SlicedFiller(sliced, stream),
        SumLaw sum => new SumFiller(Of(sum.First, stream), Of(sum.Second, stream.Slice(sum.SecondSlice))),
        OverlaidLaw overlaid => new OverlaidFiller(overlaid, stream, [.. overlaid.Overlays.Select(overlay => stream.Slice(overlay.StreamName))]),
        KeptLaw => new WrittenFiller(),
        null => throw new ArgumentNullException(nameof(law)),
        _ => throw new ArgumentException($"No filler for {law.GetType().Name}.", nameof(law)),
    };

    /// <summary>Whether all elements are the same: then one need only be made.</summary>
    internal virtual bool IsConstant => false;

    /// <summary>
    /// Fills a range of a single-precision parameter. Narrower dtypes are these values rounded; complex
    /// parameters count their real and imaginary parts as elements of their own.
    /// </summary>
    /// <param name="start">Index of the first element in the whole row-major parameter.</param>
    /// <param name="destination">Where the values go.</param>
    public abstract void Fill(long start, Span<float> destination);

    /// <summary>Fills a range of a double-precision parameter.</summary>
    /// <param name="start">Index of the first element in the whole row-major parameter.</param>
    /// <param name="destination">Where the values go.</param>
    public abstract void Fill(long start, Span<double> destination);

    /// <summary>
    /// Does what has to be done once, before ranges of a parameter are filled on any number of threads: a matrix whose
    /// elements depend on each other is made here, in <paramref name="run"/> itself where that is all of it.
    /// </summary>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="run">The memory that will be filled next.</param>
    /// <param name="maxThreads">How many threads may work, the caller's among them.</param>
    /// <param name="watch">Told before the run is written, and how far the work is.</param>
    /// <returns>What fills the ranges of the run.</returns>
    internal virtual Filler Prepare(DType dtype, Span<byte> run, int maxThreads, FillWatch watch) => this;
}
