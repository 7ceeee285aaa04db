using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace InitDsl.Tool;

/// <summary>The command line as a whole.</summary>
internal static class InitDslCommand
{
    internal static int Invoke(string[] args)
    {
        ParseResult parsed = Create().Parse(
            ScriptArguments.Fence(args),
            // An argument such as @home belongs to the script; it does not name a file of arguments.
            new ParserConfiguration { ResponseFileTokenReplacer = null });

        // Help and version are asked for in command lines that are incomplete otherwise.
        if (parsed.Action is ParseErrorAction)
        {
            foreach (ParseError error in parsed.Errors)
            {
                Screen.Errors.Error(error.Message);
            }

            Screen.Errors.Hint(Suggestion(args) ?? "See initdsl --help.");
            return ExitCodes.WrongUsage;
        }

        // No exception handler and no Ctrl+C handler of the library's: failures are reported here, and the
        // runtime's own answer to Ctrl+C ends even a script that never awaits.
        return parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("Initialises the weights of TorchSharp models by rules, written as C# scripts or as JSON.")
        {
            RunCommand.Create(),
            CheckCommand.Create(),
            ExplainCommand.Create(),
            DiffCommand.Create(),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return ExitCodes.WrongUsage;
        });
        return root;
    }

    /// <summary>The commonest slip: the script without the word run.</summary>
    private static string? Suggestion(string[] args) =>
        args is [var script, ..] && script.EndsWith(ScriptFile.Extension, StringComparison.OrdinalIgnoreCase)
            ? $"Did you mean initdsl {RunCommand.Name} {script}?"
            : null;
}
