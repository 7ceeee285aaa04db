namespace InitDsl.Benchmarks;

/// <summary>A benchmark of wrong answers measures nothing: each side is checked before it is timed.</summary>
internal static class Right
{
    /// <exception cref="InvalidOperationException">The values do not follow the plan's laws.</exception>
    internal static void Check(Plan plan)
    {
        Verification verification = plan.Verify();
        if (!verification.Passed)
        {
            throw new InvalidOperationException(verification.ToString());
        }
    }
}
