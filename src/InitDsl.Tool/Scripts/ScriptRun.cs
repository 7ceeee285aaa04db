using System.Reflection;
using System.Runtime.Loader;

namespace InitDsl.Tool;

/// <summary>Runs a compiled script in this process.</summary>
internal static class ScriptRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(ScriptProgram program, ScriptGlobals globals, bool verbose) =>
        Evaluate(program, globals, verbose, out object? result) is { } failed ? failed : ExitCode(result);

    /// <summary>Runs a script for what it returns.</summary>
    /// <returns>The exit code where it failed, which has been reported; null where it ran.</returns>
    internal static int? Evaluate(ScriptProgram program, ScriptGlobals globals, bool verbose, out object? result)
    {
        result = null;
        Assembly assembly = Load(program);
        NativeLibraryFailure.EndProcessWhenFound();
        Interrupts.Listen();
        ApplyWatch.Start = () => new TerminalWatch();
        try
        {
            // The entry point takes what earlier submissions of a session left behind: here the globals alone.
            var start = assembly.GetType(program.EntryType, throwOnError: true)!
                .GetMethod(program.EntryMethod)!
                .CreateDelegate<Func<object?[], Task<object?>>>();
            result = start([globals, null]).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever a script throws is reported, by its own name and line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FailureReport.Write(exception, assembly, verbose);
            return Interrupts.Caused(exception) ? ExitCodes.Interrupted : ExitCodes.Failed;
        }

        return null;
    }

    /// <summary>Loads the script where the host's own assemblies are, so that both use the same ones.</summary>
    private static Assembly Load(ScriptProgram program)
    {
        ILookup<string, string> added = program.ReferencedFiles.ToLookup(file => Path.GetFileNameWithoutExtension(file));
        string[] folders = [.. program.ReferencedFiles.Select(file => Path.GetDirectoryName(file)!).Distinct()];

        // Asked only for what the host does not have: the assemblies of #r, and those that lie beside them.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string? file = added[name.Name!].FirstOrDefault()
                ?? folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
            return file is null ? null : context.LoadFromAssemblyPath(file);
        };
        return AssemblyLoadContext.Default.LoadFromStream(program.Image, program.Symbols);
    }

    private static int ExitCode(object? result)
    {
        switch (result)
        {
            case int code:
                // The shell sees eight bits: 256 must not look like success.
                return code is >= 0 and <= 255 ? code : ExitCodes.Failed;
            case null:
                // What the script may have set.
                return Environment.ExitCode;
            default:
                Console.WriteLine(result);
                return Environment.ExitCode;
        }
    }
}
