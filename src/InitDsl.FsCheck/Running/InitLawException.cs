namespace InitDsl;

/// <summary>Some property does not hold; the message lists every one, each with its repro.</summary>
public sealed class InitLawException : Exception
{
    internal InitLawException(InitLawReport report)
        : base(report.ToString()) => Report = report;

    /// <summary>Everything that was asked and found.</summary>
    public InitLawReport Report { get; }
}
