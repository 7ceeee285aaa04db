namespace InitDsl;

/// <summary>Chooses what a law's values are held against.</summary>
internal static class LawCheck
{
    /// <summary>How many statistical tests a law takes: mean, variance and distribution for each random part.</summary>
    internal static int TestsOf(Law law) => law switch
    {
        { Std: 0 } => 0,
        UniformLaw or NormalLaw or TruncatedNormalLaw or SparseLaw => 3,
        PaddedLaw padded => TestsOf(padded.Inner),
        ComplexLaw complex => TestsOf(complex.Real) + TestsOf(complex.Imaginary),
        _ => 0,
    };

    internal static IEnumerable<VerificationFailure> Of(PlanStep step, double falseAlarm)
    {
        IEnumerable<(string Property, string What)> found = step.Law switch
        {
            OrthogonalLaw orthogonal => OrthonormalityCheck.Of(step, orthogonal),
            SparseLaw sparse => SparseCheck.Of(step, sparse, falseAlarm),
            { Std: > 0 } and (UniformLaw or NormalLaw or TruncatedNormalLaw) =>
                RandomCheck.Of(step, step.Law, falseAlarm, _ => true),
            PaddedLaw { Inner: { Std: > 0 } and (UniformLaw or NormalLaw or TruncatedNormalLaw) } padded =>
                PaddedCheck(step, padded, falseAlarm),
            ComplexLaw { Real: NormalLaw } complex => ComplexCheck(step, complex, falseAlarm),
            _ => ExactCheck.Of(step, _ => true),
        };
        return found.Select(failure => new VerificationFailure(
            step.Path, step.Law, failure.Property, $"{step.Spec} does not follow {step.Law}: {failure.What}."));
    }

    private static IEnumerable<(string Property, string What)> PaddedCheck(PlanStep step, PaddedLaw law, double falseAlarm)
    {
        bool InPadding(long element) => element / law.RowLength == law.PaddingIndex;
        return ExactCheck.Of(step, InPadding)
            .Concat(RandomCheck.Of(step, law.Inner, falseAlarm, element => !InPadding(element)));
    }

    private static IEnumerable<(string Property, string What)> ComplexCheck(PlanStep step, ComplexLaw law, double falseAlarm) =>
        RandomCheck.Of(step, law.Real, falseAlarm, component => (component & 1) == 0)
            .Select(failure => (failure.Property, "real parts: " + failure.What))
            .Concat(RandomCheck.Of(step, law.Imaginary, falseAlarm, component => (component & 1) == 1)
                .Select(failure => (failure.Property, "imaginary parts: " + failure.What)));
}
