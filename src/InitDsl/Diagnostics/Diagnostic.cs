namespace InitDsl;

/// <summary>How grave a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing to mend.</summary>
    Info,

    /// <summary>Probably not what was meant; the plan can still be applied.</summary>
    Warning,

    /// <summary>Cannot be right; there is no plan until it is mended.</summary>
    Error,
}

/// <summary>One thing the compiler found in a rule set and a model.</summary>
/// <param name="Code">A stable code: <c>INIT0xx</c> errors, <c>INIT1xx</c> warnings, <c>INIT2xx</c> information.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Path">The parameter's or module's path; null when it concerns a rule alone.</param>
/// <param name="Message">The whole text: path, shape, rule, what is wrong, what to write instead.</param>
public sealed record Diagnostic(string Code, Severity Severity, string? Path, string Message)
{
    /// <summary>The whole text: path, shape, rule, what is wrong, what to write instead.</summary>
    public string Message { get; init; } = InitDsl.Code.Printable(Message);

    /// <summary>The place in the file of rules that it is about, which the message names; null where there is none.</summary>
    internal TextPlace? Place { get; init; }

    /// <summary>Code, severity and message in one line.</summary>
    public override string ToString() => $"{Code} {Severity.ToString().ToLowerInvariant()}: {Message}";
}
