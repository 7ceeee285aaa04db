using Microsoft.CodeAnalysis;
// Within InitDsl the bare name means what a rule set was found to be.
using CompilerDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace InitDsl.Tool;

/// <summary>A script after the compiler: what it said, and the program.</summary>
/// <param name="Diagnostics">Errors and warnings, by place.</param>
/// <param name="Program">The assembly and its symbols; null when there are errors, and when there is nothing to run.</param>
internal sealed record CompiledScript(IReadOnlyList<CompilerDiagnostic> Diagnostics, ScriptProgram? Program)
{
    /// <summary>What to tell: errors, and warnings on request.</summary>
    internal IEnumerable<CompilerDiagnostic> ToTell(bool withWarnings) =>
        Diagnostics.Where(diagnostic => withWarnings || diagnostic.Severity == DiagnosticSeverity.Error);

    internal bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}

/// <summary>An assembly that has been emitted and not loaded yet.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="Symbols">Its portable PDB, with which exceptions know their lines.</param>
/// <param name="EntryType">The metadata name of the class that holds the script.</param>
/// <param name="EntryMethod">The factory that starts it.</param>
/// <param name="ReferencedFiles">What it was compiled against.</param>
internal sealed record ScriptProgram(
    MemoryStream Image,
    MemoryStream Symbols,
    string EntryType,
    string EntryMethod,
    IReadOnlyList<string> ReferencedFiles);
