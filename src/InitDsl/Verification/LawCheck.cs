namespace InitDsl;

/// <summary>Which values of a parameter a check is about, by their index and value; complex numbers count twice.</summary>
internal delegate bool ValueFilter(long index, double value);

/// <summary>Chooses what a law's values are held against.</summary>
internal static class LawCheck
{
    /// <summary>How many statistical tests a law takes: mean, variance and distribution for each random part.</summary>
    internal static int TestsOf(Law law) => law switch
    {
        UniformLaw or NormalLaw or TruncatedNormalLaw => 3,
        SparseLaw => 4,
        PaddedLaw padded => TestsOf(padded.Inner),
        ComplexLaw complex => TestsOf(complex.Real) + TestsOf(complex.Imaginary),
        _ => 0,
    };

    internal static IEnumerable<VerificationFailure> Of(PlanStep step, double falseAlarm) =>
        Of(step, step.Law, falseAlarm, (_, _) => true).Select(failure => new VerificationFailure(
            step.Path, step.Law, failure.Property, $"{step.Spec} does not follow {step.Law}: {failure.What}."));

    private static IEnumerable<(string Property, string What)> Of(
        PlanStep step, Law law, double falseAlarm, ValueFilter covers) => law switch
    {
        { IsRandom: false } => ExactCheck.Of(step, covers),
        UniformLaw or NormalLaw or TruncatedNormalLaw => RandomCheck.Of(step, law, falseAlarm, covers),
        SparseLaw sparse => SparseCheck.Of(step, sparse, falseAlarm),
        OrthogonalLaw orthogonal => OrthonormalityCheck.Of(step, orthogonal),
        ComplexLaw complex => OfParts(step, complex, falseAlarm, covers),
        PaddedLaw padded => OfRows(step, padded, falseAlarm, covers),
        _ => throw new ArgumentException($"No check for {law.GetType().Name}.", nameof(law)),
    };

    private static IEnumerable<(string Property, string What)> OfRows(
        PlanStep step, PaddedLaw law, double falseAlarm, ValueFilter covers)
    {
        long rowLength = law.RowLength * (step.Spec.DType.IsComplex() ? 2 : 1);
        bool InPadding(long index) => index / rowLength == law.PaddingIndex;
        return ExactCheck.Of(step, (index, value) => InPadding(index) && covers(index, value))
            .Concat(Of(step, law.Inner, falseAlarm, (index, value) => !InPadding(index) && covers(index, value)));
    }

    private static IEnumerable<(string Property, string What)> OfParts(
        PlanStep step, ComplexLaw law, double falseAlarm, ValueFilter covers)
    {
        IEnumerable<(string Property, string What)> Part(string name, Law part, long parity) =>
            Of(step, part, falseAlarm, (index, value) => (index & 1) == parity && covers(index, value))
                .Select(failure => (failure.Property, $"{name} parts: {failure.What}"));
        return Part("real", law.Real, 0).Concat(Part("imaginary", law.Imaginary, 1));
    }
}
