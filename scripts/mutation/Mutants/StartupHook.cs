// The runtime looks for a class of this name, without a namespace, in the assembly of DOTNET_STARTUP_HOOKS.

using InitDsl.Mutation;

/// <summary>Loads this assembly into a test program, whose own list of assemblies does not have it.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // A program that runs one method which the recorder does not see.
        if (Environment.GetEnvironmentVariable("MUTANTS_ALONE") is { } method)
        {
            long started = System.Diagnostics.Stopwatch.GetTimestamp();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => TestRecord.Append(method, started);
        }

        if (Environment.GetEnvironmentVariable("MUTANTS_SERVE") is { } tests)
        {
            Server.Run(tests);
            Environment.Exit(0);
        }

        _ = Switch.Active;
    }
}
