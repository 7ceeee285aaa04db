using System.Reflection;
using CompilerDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace InitDsl.Tool;

/// <summary>Where everything goes that keeps a command from its work: to people on standard error, or into JSON.</summary>
internal interface IFailures
{
    /// <summary>The command line or a file is not what it should be.</summary>
    void Add(WrongUsageException wrong);

    /// <summary>A file is no rule set, or no record of a plan.</summary>
    void Add(InitTextException wrong);

    /// <summary>Rules do not fit the model.</summary>
    void Add(InitException refused);

    /// <summary>What the compiler says of a script.</summary>
    void Add(IEnumerable<CompilerDiagnostic> diagnostics);

    /// <summary>Something threw that nobody expected to; its stack trace goes to standard error.</summary>
    void Add(Exception defect);

    /// <summary>A script threw.</summary>
    void Add(Exception thrown, Assembly script);
}
