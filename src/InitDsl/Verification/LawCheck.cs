namespace InitDsl;

/// <summary>Which values of a view a check is about, by their index and value; complex numbers count twice.</summary>
internal delegate bool ValueFilter(long index, double value);

/// <summary>Chooses what a law's values are held against.</summary>
internal static class LawCheck
{
    /// <summary>Covers every value.</summary>
    internal static readonly ValueFilter Everything = (_, _) => true;

    /// <summary>How many statistical tests a law takes: mean, variance and distribution for each random part.</summary>
    internal static int TestsOf(Law law) => law switch
    {
        { IsRandom: false } => 0,
        { Independent: true } => 3,
        SparseLaw => 4,
        CircularLaw => 2,
        OrthogonalLaw => HaarCheck.Tests,
        ComplexLaw complex => TestsOf(complex.Real) + TestsOf(complex.Imaginary),
        _ => law.Parts.Sum(TestsOf),
    };

    internal static IEnumerable<VerificationFailure> Of(PlanStep step, double falseAlarm) =>
        Of(ValueView.Of(step), step.Law, falseAlarm, Everything).Select(failure => new VerificationFailure(
            step.Path, step.Law, failure.Property, $"{step.Spec} does not follow {step.Law}: {failure.What}."));

    internal static IEnumerable<(string Property, string What)> Of(
        ValueView view, Law law, double falseAlarm, ValueFilter covers) => law switch
    {
        OverlaidLaw overlaid => CompositionCheck.OfOverlaid(view, overlaid, falseAlarm, covers),
        KeptLaw => [],
        { IsRandom: false } => ExactCheck.Of(view, Filler.Of(law, default), covers),
        CastLaw cast => CompositionCheck.OfRounded(view, cast, falseAlarm, covers),
        { Independent: true } => RandomCheck.Of(view.ComposedAs(law), law.Marginal, falseAlarm, covers),
        SparseLaw sparse when covers == Everything && view.Beyond == default => SparseCheck.Of(view, sparse, falseAlarm),
        OrthogonalLaw orthogonal when covers == Everything => OrthonormalityCheck.Of(view, orthogonal)
            .Concat(HaarCheck.Of(view, orthogonal, falseAlarm)),
        BlockOrthogonalLaw block when covers == Everything => CompositionCheck.OfBlockOrthogonal(view, block),
        CircularLaw circular => CircularCheck.Of(view, circular, falseAlarm, covers),
        ComplexLaw complex => OfParts(view, complex, falseAlarm, covers),
        PaddedLaw padded => CompositionCheck.OfPadded(view, padded, falseAlarm, covers),
        MaskedLaw masked => CompositionCheck.OfMasked(view, masked, falseAlarm, covers),
        SlicedLaw sliced => CompositionCheck.OfSlices(view, sliced, falseAlarm, covers),
        RepeatedLaw repeated => CompositionCheck.OfRepeated(view, repeated, falseAlarm, covers),
        CentredLaw centred => CompositionCheck.OfCentred(view, centred, falseAlarm, covers),
        SumLaw { First.IsRandom: false } sum => Of(view.Without(sum.First), sum.Second, falseAlarm, covers),
        SumLaw { Second.IsRandom: false } sum => Of(view.Without(sum.Second), sum.First, falseAlarm, covers),
        ScaledLaw scaled => Of(view.DividedBy(scaled.Factor), scaled.Inner, falseAlarm, covers),
        _ => RandomCheck.Bounds(view.ComposedAs(law), law, covers),
    };

    /// <summary>The filter of a part: everything stays everything, so that checks of a whole matrix know it.</summary>
    internal static ValueFilter At(this ValueFilter covers, Func<long, long> indexOf) =>
        covers == Everything ? Everything : (index, value) => covers(indexOf(index), value);

    private static IEnumerable<(string Property, string What)> OfParts(
        ValueView view, ComplexLaw law, double falseAlarm, ValueFilter covers)
    {
        IEnumerable<(string Property, string What)> Part(string name, Law part, long parity) =>
            (part.IsRandom
                ? Of(view, part, falseAlarm, (index, value) => (index & 1) == parity && covers(index, value))
                : ExactCheck.Of(view, Filler.Of(law, default), (index, value) => (index & 1) == parity && covers(index, value)))
            .Select(failure => (failure.Property, $"{name} parts: {failure.What}"));
        return Part("real", law.Real, 0).Concat(Part("imaginary", law.Imaginary, 1));
    }
}
