namespace InitDsl;

/// <summary>What was asked of one subject, what was found, and what would have been.</summary>
public sealed class InitLawReport
{
    private const InitProperties ByLaw = InitProperties.Bounds | InitProperties.Moments | InitProperties.Distribution;

    internal InitLawReport(
        string subject,
        InitLawOptions options,
        InitProperties asked,
        IReadOnlyList<InitLawMeasured> measured,
        int tests,
        IReadOnlyList<InitLawFailure> failures,
        IReadOnlyList<string> notAsked)
    {
        Subject = subject;
        Options = options;
        Asked = asked;
        Measured = measured;
        Tests = tests;
        Failures = failures;
        NotAsked = notAsked;
    }

    /// <summary>What was asked, as it is written in code.</summary>
    public string Subject { get; }

    /// <summary>How it was asked.</summary>
    public InitLawOptions Options { get; }

    /// <summary>The properties that were asked for.</summary>
    public InitProperties Asked { get; }

    /// <summary>Whether every property holds that was asked for.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>The parameters that were looked at.</summary>
    public IReadOnlyList<InitLawMeasured> Measured { get; }

    /// <summary>How many statistical tests share the probability of a false alarm.</summary>
    public int Tests { get; }

    /// <summary>Everything that does not hold.</summary>
    public IReadOnlyList<InitLawFailure> Failures { get; }

    /// <summary>What was not asked, and what to say so that it is.</summary>
    public IReadOnlyList<string> NotAsked { get; }

    /// <summary>Whether a property was asked for and holds.</summary>
    /// <param name="property">One property, or several that must all hold.</param>
    public bool Holds(InitProperties property) =>
        (Asked & property) == property && Failures.All(failure => (failure.Property & property) == 0);

    /// <summary>The verdict, each failure with its repro, what each parameter's test can find, and what was not asked.</summary>
    public override string ToString()
    {
        string[] failing = [.. Failures.Select(failure => failure.Property.ToString()).Distinct()];
        string verdict = Passed
            ? $"{Subject.ReplaceLineEndings(" ")}: holds ({Asked})"
            : $"{Subject.ReplaceLineEndings(" ")}: {string.Join(", ", failing)} {(failing.Length == 1 ? "does" : "do")} not hold";
        IReadOnlyList<InitLawMeasured> measured = (Asked & ByLaw) == 0 ? [] : Measured;
        string chance = Tests == 0
            ? "no statistical tests: what was asked does not depend on chance"
            : $"{Tests} statistical {(Tests == 1 ? "test" : "tests")}, chance of a false alarm below {Numbers.Short(Options.FalseAlarm)} over all"
              + (measured.Any(one => double.IsFinite(one.Deviation)) ? $"; found with a probability of {Numbers.Short(Options.Power)}:" : "");
        return string.Join(
            Environment.NewLine,
            [verdict, .. Failures.Select(failure => $"  {failure}"), $"  {chance}", .. measured.Select(one => $"    {one}"), .. NotAsked.Select(text => $"  not asked: {text}")]);
    }
}
