namespace InitDsl.Tool;

/// <summary>Tells the arguments of the tool from those of the script.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// Puts <c>--</c> after the script's path, so that everything behind it belongs to the script even where it
    /// looks like an option of the tool: <c>run x.csx --help</c> is <c>run x.csx -- --help</c>.
    /// </summary>
    /// <param name="args">As typed.</param>
    internal static string[] Fence(string[] args)
    {
        int run = Array.FindIndex(args, arg => arg == RunCommand.Name);
        if (run != 0)
        {
            return args;
        }

        // No option of the tool takes a value: the first word that is not an option is the script.
        int script = Array.FindIndex(args, run + 1, arg => !arg.StartsWith('-'));
        if (script < 0 || script + 1 == args.Length || Array.IndexOf(args, "--", 0, script + 2) >= 0)
        {
            // Nothing to fence off, or the person has done it.
            return args;
        }

        return [.. args[..(script + 1)], "--", .. args[(script + 1)..]];
    }
}
