using System.Reflection;
using System.Runtime.Loader;

namespace InitDsl.Tool;

/// <summary>Runs a compiled script in this process.</summary>
internal static class ScriptRun
{
    /// <summary>Runs a script for what it returns.</summary>
    /// <param name="program">The script.</param>
    /// <param name="globals">What it finds.</param>
    /// <param name="failures">Told of an exception.</param>
    /// <param name="finished">Told of every apply that has written everything; null for nobody.</param>
    /// <param name="result">What it returned; null for nothing.</param>
    /// <returns>The exit code where it failed; null where it ran.</returns>
    internal static int? Evaluate(
        ScriptProgram program, ScriptGlobals globals, IFailures failures, Action<Plan, Report>? finished, out object? result)
    {
        result = null;
        Assembly assembly = Load(program);
        NativeLibraryFailure.EndProcessWhenFound();
        Interrupts.Listen();
        ApplyWatch.Start = () => new TerminalWatch(finished);
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
            failures.Add(exception, assembly);
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

    /// <summary>The exit code of a script that ran: the whole number that it returned, or what it has set.</summary>
    internal static int ExitCode(object? result) =>
        // The shell sees eight bits: 256 must not look like success.
        result is int code ? (code is >= 0 and <= 255 ? code : ExitCodes.Failed) : Environment.ExitCode;
}
