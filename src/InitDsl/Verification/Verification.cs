namespace InitDsl;

/// <summary>One way in which a parameter does not follow its law.</summary>
/// <param name="Path">The parameter's dotted path.</param>
/// <param name="Law">The law it should follow.</param>
/// <param name="Property">What was checked: <c>finite</c>, <c>bounds</c>, <c>values</c>, <c>mean</c>, <c>variance</c>, <c>distribution</c>, <c>orthonormality</c>, <c>zeros</c>, <c>repetition</c>, <c>state</c>.</param>
/// <param name="Message">The whole text, with what was found and what was allowed.</param>
public sealed record VerificationFailure(string Path, Law Law, string Property, string Message);

/// <summary>Whether every parameter of a plan follows its law.</summary>
public sealed class Verification
{
    internal Verification(int parameters, int tests, double falseAlarm, IReadOnlyList<VerificationFailure> failures)
    {
        Parameters = parameters;
        Tests = tests;
        FalseAlarm = falseAlarm;
        Failures = failures;
    }

    /// <summary>Whether nothing was found.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>How many parameters were checked.</summary>
    public int Parameters { get; }

    /// <summary>How many statistical tests share the probability of a false alarm.</summary>
    public int Tests { get; }

    /// <summary>
    /// The probability that a correct model fails, over all tests together; an upper bound. Without <see cref="Tests"/>
    /// it cannot fail.
    /// </summary>
    public double FalseAlarm { get; }

    /// <summary>Everything found.</summary>
    public IReadOnlyList<VerificationFailure> Failures { get; }

    /// <summary>The verdict, and each failure on a line.</summary>
    public override string ToString()
    {
        string parameters = $"{Numbers.Count(Parameters)} {(Parameters == 1 ? "parameter" : "parameters")}";
        int failing = Failures.Select(failure => failure.Path).Distinct().Count();
        string verdict = Parameters == 0 ? "nothing to verify: the plan writes no parameter"
            : Passed
            ? $"verified: {parameters} {(Parameters == 1 ? "follows its law" : "follow their laws")} "
              + (Tests == 0
                  ? "(nothing in them is random: every value is as it must be)"
                  : $"({Tests} statistical tests, chance of a false alarm below {Numbers.Short(FalseAlarm)})")
            : $"NOT verified: {failing} of {parameters} {(failing == 1 ? "does not follow its law" : "do not follow their laws")}";
        return string.Join(Environment.NewLine + "  ", Failures.Select(failure => failure.Message).Prepend(verdict));
    }
}
