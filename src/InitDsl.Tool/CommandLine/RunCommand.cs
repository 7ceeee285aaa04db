using System.CommandLine;

namespace InitDsl.Tool;

/// <summary><c>initdsl run script.csx [args…]</c>.</summary>
internal static class RunCommand
{
    internal const string Name = "run";

    internal static Command Create()
    {
        var script = new Argument<string>("script") { Description = "The C# script to run, a .csx file." };
        script.Validators.Add(result =>
        {
            // The parser takes an option it does not know for the script.
            if (result.Tokens is [var token, ..] && token.Value.StartsWith('-'))
            {
                result.AddError($"There is no option {token.Value}.");
            }
        });
        var arguments = new Argument<string[]>("args")
        {
            Description = "What the script gets as Args: everything after its path.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Show the compiler's warnings too, and whole stack traces. Comes before the script.",
        };
        var command = new Command(Name, "Runs a C# script.") { script, arguments, verbose };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(script),
            parsed.GetValue(arguments) ?? [],
            parsed.GetValue(verbose)));
        return command;
    }

    private static int Run(string path, string[] arguments, bool verbose)
    {
        try
        {
            ScriptFile file = ScriptFile.Open(path);
            CompiledScript script = ScriptCompiler.Compile(file);
            DiagnosticReport.Write(script.Diagnostics, withWarnings: verbose);
            return script switch
            {
                { HasErrors: true } => ExitCodes.Failed,
                { Program: null } => ExitCodes.Ran,
                { Program: var program } => ScriptRun.Run(program, new ScriptGlobals(arguments), verbose),
            };
        }
        catch (WrongUsageException wrong)
        {
            Screen.Errors.Error(wrong.Message);
            return ExitCodes.WrongUsage;
        }
    }
}
