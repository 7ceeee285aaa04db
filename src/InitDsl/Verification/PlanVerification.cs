namespace InitDsl;

/// <summary>Holds a model's values against the laws of a plan.</summary>
public static class PlanVerification
{
    /// <summary>
    /// Does every parameter of the plan follow its law? Constants and given values are compared exactly; bounds
    /// hold for every element; random laws are tested by mean, variance and Kolmogorov–Smirnov distance (on at
    /// most 131,072 evenly spaced elements), with thresholds that are proved inequalities (Bernstein, Laurent and
    /// Massart, Dvoretzky–Kiefer–Wolfowitz), valid at every size, that share the probability of a false alarm.
    /// Reads the model, writes nothing; the values need not come from <c>Apply()</c>. What is tested is how the values
    /// of each parameter are distributed: not their order, and not whether they are those of the seed.
    /// </summary>
    /// <remarks>
    /// Power: a Kolmogorov–Smirnov distance d is found with certainty, up to the same probability, from about
    /// 4·ln(2·tests/falseAlarm)/(2d²) elements. A uniform in place of a normal has d = 0.057: about 10,000 elements
    /// with 20 tests and one false alarm in a million. Smaller parameters can only be checked more coarsely. Orthogonal
    /// matrices must be orthonormal; that they were drawn by Haar's measure is tested by the mean and the mean size of
    /// their entries, which tell an identity or a permutation from about 24 × 24 on, a Hadamard matrix from 64 × 64 on.
    /// </remarks>
    /// <param name="plan">A plan.</param>
    /// <param name="falseAlarm">The probability that a correct model fails, in (0, 1); an upper bound over all tests.</param>
    /// <returns>The verdict and every failure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in (0, 1).</exception>
    /// <exception cref="InitException">A weight file that values were taken from is gone or has changed.</exception>
    public static Verification Verify(this Plan plan, double falseAlarm = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!(falseAlarm is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(falseAlarm), falseAlarm, "falseAlarm must lie between 0 and 1.");
        }

        using var files = new FileLeases(plan.Steps);
        int tests = plan.Steps.Where(step => step.Shape.Elements > 0).Sum(step => LawCheck.TestsOf(step.Law));
        double each = falseAlarm / Math.Max(1, tests);
        VerificationFailure[] failures =
        [
            .. plan.Steps.Where(step => step.Shape.Elements > 0).SelectMany(step =>
                step.Store.WhyNotWritable() is { } why
                    ? [new(step.Path, step.Law, "state", $"{step.Spec} is not as it was when the plan was compiled: {why}")]
                    : LawCheck.Of(step, each)),
        ];
        return new(plan.Steps.Count, tests, falseAlarm, failures);
    }
}
