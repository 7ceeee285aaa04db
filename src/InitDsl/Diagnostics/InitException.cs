namespace InitDsl;

/// <summary>A rule set that cannot be applied to a model: every reason at once. No weight has been changed.</summary>
public sealed class InitException : Exception
{
    /// <summary>Collects what was found.</summary>
    /// <param name="diagnostics">Everything found; at least one error.</param>
    public InitException(IReadOnlyList<Diagnostic> diagnostics)
        : base(Render(diagnostics))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>Makes an exception of one error.</summary>
    /// <param name="diagnostic">The error.</param>
    public InitException(Diagnostic diagnostic)
        : this([diagnostic])
    {
    }

    /// <summary>Everything found, errors and warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    private static string Render(IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == Severity.Error)];
        string head = errors.Length == 1 ? "1 error; nothing was changed." : $"{errors.Length} errors; nothing was changed.";
        return string.Join(Environment.NewLine, DiagnosticFold.Of(errors).Select(d => $"  {d.Code} {d.Message}").Prepend(head));
    }
}
