using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace InitDsl.Tool;

/// <summary>The library's own help, and below it what it has no place for: an example and the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Overview =
        """
        Examples:
          initdsl run scripts/quickstart.csx
          initdsl check rules.json
          initdsl explain rules.json --model model.csx
          initdsl diff before.plan.json after.plan.json

        Exit codes:
          0    it went well: the script ran, the rules are fine, the plans are the same
          1    it did not: the script or the rules are wrong, the plans differ
          2    the command line is wrong, or a file cannot be read
          70   initdsl itself failed: the stack trace is on standard error
          initdsl run also ends with what the script returns, and with 130 after Ctrl+C

          Each command says more with --help, and answers in JSON with --json.

        """;

    public override int Invoke(ParseResult parseResult)
    {
        int result = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(parseResult.CommandResult.Command.Name switch
        {
            RunCommand.Name => RunCommand.Help,
            CheckCommand.Name => CheckCommand.Help,
            ExplainCommand.Name => ExplainCommand.Help,
            DiffCommand.Name => DiffCommand.Help,
            _ => Overview,
        });
        return result;
    }
}
