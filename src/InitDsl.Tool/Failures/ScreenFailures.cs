using System.Reflection;
using CompilerDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace InitDsl.Tool;

/// <summary>What went wrong, for people on standard error.</summary>
/// <param name="verbose">Whether to show stack traces.</param>
internal sealed class ScreenFailures(bool verbose = false) : IFailures
{
    public void Add(WrongUsageException wrong) => Screen.Errors.Error(wrong.Message);

    public void Add(InitTextException wrong) => Screen.Errors.Error(wrong.Message);

    public void Add(InitException refused) => DiagnosticTable.Write(refused);

    public void Add(IEnumerable<CompilerDiagnostic> diagnostics) => DiagnosticReport.Write(diagnostics);

    public void Add(Exception defect) => Screen.Errors.Error(FailureReport.Unexpected(defect));

    public void Add(Exception thrown, Assembly script) => FailureReport.Write(thrown, script, verbose);
}
