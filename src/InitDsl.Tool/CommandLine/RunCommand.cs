using System.CommandLine;

namespace InitDsl.Tool;

/// <summary><c>initdsl run script.csx [args…]</c>.</summary>
internal static class RunCommand
{
    internal const string Name = "run";

    internal const string Help =
        """
        Example:
          initdsl run scripts/quickstart.csx --tiny

          A script needs no using lines; the words of InitDsl and of TorchSharp are there:

            var model = Sequential(("fc1", Linear(784, 256)), ("act", ReLU()), ("fc2", Linear(256, 10)));
            var plan = (When<Linear>().Weight(Kaiming).Bias(Zeros)).Compile(model, seed: 42);
            Console.WriteLine(plan.Explain());
            Console.WriteLine(plan.Apply());
            return plan.Verify().Passed ? 0 : 1;

        Scripts:
          Args                  the arguments after the script's path, also those that look like options
          #load "other.csx"     another script, relative to the one that loads it
          #r "lib/Some.dll"     an assembly, relative to the script
          #r "nuget: …"         accepted for InitDsl, TorchSharp and libtorch, which the tool brings along

        JSON:
          initdsl run --json scripts/quickstart.csx --tiny
          { "exitCode": 0, "result": null, "applied": [{ "model": …, "seed": 42, "fingerprint": … }], "problems": [] }
          The plans that the script applied, and what the compiler said or the script threw; what the script
          itself prints goes to standard error.

        Exit codes:
          0    the script ran to its end
          n    what the script returned: return 3; or a last line that is an int
          1    the script does not compile, or it threw
          2    the command line is wrong, or the script cannot be read
          70   initdsl itself failed: the stack trace is on standard error
          130  ended by Ctrl+C, which cancels an apply that is under way and says what it had written

        """;

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
        var json = new Option<bool>("--json") { Description = "Write the outcome as JSON. Comes before the script." };
        var command = new Command(Name, "Runs a C# script.") { script, arguments, verbose, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(script);
            var globals = new ScriptGlobals(parsed.GetValue(arguments) ?? []);
            bool all = parsed.GetValue(verbose);
            return parsed.GetValue(json) ? RunAsJson.Of(path, globals, all) : Run(path, globals, all);
        });
        return command;
    }

    private static int Run(string path, ScriptGlobals globals, bool verbose) => Answer.Of(new ScreenFailures(verbose), ExitCodes.Failed, failures =>
    {
        int code = Run(path, globals, verbose, failures, null, out object? result);
        if (result is not (null or int))
        {
            Console.WriteLine(result);
        }

        return code;
    });

    /// <returns>The exit code.</returns>
    /// <exception cref="WrongUsageException">The script cannot be read.</exception>
    internal static int Run(
        string path, ScriptGlobals globals, bool verbose, IFailures failures, Action<Plan, Report>? finished, out object? result)
    {
        result = null;
        CompiledScript script = ScriptCompiler.Compile(ScriptFile.Open(path));
        failures.Add(script.ToTell(withWarnings: verbose));
        return script switch
        {
            { HasErrors: true } => ExitCodes.Failed,
            { Program: null } => ExitCodes.Ran,
            { Program: var program } => ScriptRun.Evaluate(program, globals, failures, finished, out result) ?? ScriptRun.ExitCode(result),
        };
    }
}
