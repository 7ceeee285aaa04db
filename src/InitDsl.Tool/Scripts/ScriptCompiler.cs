using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
// Within InitDsl the bare name means what a rule set was found to be.
using CompilerDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace InitDsl.Tool;

/// <summary>Compiles a script with the words of InitDsl and TorchSharp in scope.</summary>
internal static class ScriptCompiler
{
    internal static CompiledScript Compile(ScriptFile file)
    {
        Compilation compilation = Describe(file);
        var image = new MemoryStream();
        var symbols = new MemoryStream();
        EmitResult emitted = compilation.Emit(
            image,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        CompilerDiagnostic[] diagnostics =
        [
            .. emitted.Diagnostics
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .OrderBy(diagnostic => diagnostic.Location.GetMappedLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
        if (!emitted.Success)
        {
            // Without an error: the script has no statement, and the compiler emits nothing.
            return new(diagnostics, null);
        }

        image.Position = symbols.Position = 0;
        IMethodSymbol entry = compilation.GetEntryPoint(CancellationToken.None)!;
        string[] files = [.. compilation.References.OfType<PortableExecutableReference>().Select(reference => reference.FilePath!)];
        return new(
            diagnostics,
            new ScriptProgram(image, symbols, entry.ContainingType.MetadataName, entry.MetadataName, files));
    }

    private static CSharpCompilation Describe(ScriptFile file)
    {
        ScriptOptions options = ScriptOptions.Default
            .WithFilePath(file.Path)
            .WithFileEncoding(Encoding.UTF8)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithAllowUnsafe(true)
            .WithSourceResolver(new SourceFileResolver(ImmutableArray<string>.Empty, file.Folder))
            .WithMetadataResolver(new ScriptReferences(file.Folder))
            .WithReferences(ScriptReferences.Default)
            .WithImports(ScriptImports.All);
        Script<object> script = CSharpScript.Create<object>(file.Text.ToString(), options, typeof(ScriptGlobals));
        var compilation = (CSharpCompilation)script.GetCompilation();
        return compilation.WithOptions(compilation.Options
            // Optimised, as a library would be: lines stay right, and a script's own loops over weights run fast.
            .WithOptimizationLevel(OptimizationLevel.Release)
            // string? is accepted, and nothing is asked of scripts that do not write it.
            .WithNullableContextOptions(NullableContextOptions.Annotations));
    }
}
