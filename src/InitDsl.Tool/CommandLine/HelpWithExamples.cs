using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace InitDsl.Tool;

/// <summary>The library's own help, and below it what it has no place for: an example and the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Example =
        """
        Example:
          initdsl run scripts/quickstart.csx --tiny

          A script needs no using lines; the words of InitDsl and of TorchSharp are there:

            var model = Sequential(("fc1", Linear(784, 256)), ("act", ReLU()), ("fc2", Linear(256, 10)));
            var plan = (When<Linear>().Weight(Kaiming).Bias(Zeros)).Compile(model, seed: 42);
            Console.WriteLine(plan.Explain());
            Console.WriteLine(plan.Apply());
            return plan.Verify().Passed ? 0 : 1;

        """;

    private const string Scripts =
        """
        Scripts:
          Args                  the arguments after the script's path, also those that look like options
          #load "other.csx"     another script, relative to the one that loads it
          #r "lib/Some.dll"     an assembly, relative to the script
          #r "nuget: …"         accepted for InitDsl, TorchSharp and libtorch, which the tool brings along

        """;

    private const string Codes =
        """
        Exit codes:
          0    the script ran to its end
          n    what the script returned: return 3; or a last line that is an int
          1    the script does not compile, or it threw
          2    the command line is wrong, or the script cannot be read
          130  ended by Ctrl+C, which cancels an apply that is under way and says what it had written

        """;

    public override int Invoke(ParseResult parseResult)
    {
        int result = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(parseResult.CommandResult.Command.Name switch
        {
            RunCommand.Name => string.Join(Environment.NewLine, Example, Scripts, Codes),
            CheckCommand.Name => CheckCommand.Help,
            ExplainCommand.Name => ExplainCommand.Help,
            DiffCommand.Name => DiffCommand.Help,
            _ => string.Join(Environment.NewLine, Example, Codes),
        });
        return result;
    }
}
