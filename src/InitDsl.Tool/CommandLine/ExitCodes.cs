namespace InitDsl.Tool;

/// <summary>What the process says to the shell. A script's own <c>return 3;</c> goes out as it is.</summary>
internal static class ExitCodes
{
    /// <summary>The script ran to its end and returned nothing.</summary>
    internal const int Ran = 0;

    /// <summary>The script does not compile, or it threw.</summary>
    internal const int Failed = 1;

    /// <summary>The command line is wrong, or the script cannot be read.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Ctrl+C ended it: the shells' number, which the process has too when the signal itself ends it.</summary>
    internal const int Interrupted = 130;
}
