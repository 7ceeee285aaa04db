namespace InitDsl.Tool;

/// <summary>What the process says to the shell. A script's own <c>return 3;</c> goes out as it is.</summary>
internal static class ExitCodes
{
    /// <summary>The script ran to its end and returned nothing; the rules are fine; the plans are the same.</summary>
    internal const int Ran = 0;

    /// <summary>The script does not compile, or it threw; the rules are not fine.</summary>
    internal const int Failed = 1;

    /// <summary>The plans differ, as <c>diff</c> says it.</summary>
    internal const int Different = 1;

    /// <summary>The command line is wrong, or a file cannot be read or is not what it should be.</summary>
    internal const int WrongUsage = 2;

    /// <summary>The tool itself failed: the number that BSD's sysexits.h has for it.</summary>
    internal const int Defect = 70;

    /// <summary>Ctrl+C ended it: the shells' number, which the process has too when the signal itself ends it.</summary>
    internal const int Interrupted = 130;
}
