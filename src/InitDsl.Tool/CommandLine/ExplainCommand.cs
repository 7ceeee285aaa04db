using System.CommandLine;
using static TorchSharp.torch;

namespace InitDsl.Tool;

/// <summary><c>initdsl explain rules.json --model script.csx</c>.</summary>
internal static class ExplainCommand
{
    internal const string Name = "explain";

    internal const string Help =
        """
        Example:
          initdsl explain rules.json --model model.csx --seed 42

          The last expression of the script is the model; nothing is filled:

            Sequential(("fc1", Linear(784, 256)), ("act", ReLU()), ("fc2", Linear(256, 10)))

        JSON:
          initdsl explain rules.json --model model.csx --seed 42 --json > run.plan.json
          The plan as plan.ToJson() writes it, for a log and for initdsl diff; what is wrong as { "problems": [ … ] }.
          Warnings go to standard error, a line each.

        Exit codes:
          0    the rules fit the model; the plan is printed
          1    they do not, or the script failed
          2    the command line is wrong, or a file cannot be read
          70   initdsl itself failed: the stack trace is on standard error

        """;

    internal static Command Create()
    {
        var file = new Argument<string>("rules") { Description = "A file of rules in JSON." };
        var model = new Option<string>("--model") { Description = "A C# script whose last expression is the model.", Required = true };
        var seed = new Option<long>("--seed") { Description = "The seed; 0 when left out." };
        var json = new Option<bool>("--json") { Description = "Write the plan as JSON." };
        var command = new Command(Name, "Prints what rules do to a model, and touches nothing.") { file, model, seed, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(model), parsed.GetValue(seed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, string script, long seed, bool json) => Answer.Of(json, notWhatItShouldBe: ExitCodes.Failed, failures =>
    {
        RuleSet rules = InputFile.Read(path, RuleSet.Load);
        if (Model(script, failures, out nn.Module? model) is { } failed)
        {
            return failed;
        }

        Plan plan = rules.Compile(model!, seed);
        if (json)
        {
            // The record has no place for them: what was found is no part of what the plan does.
            DiagnosticTable.WriteLines(plan.Diagnostics);
        }

        Console.Write(json ? plan.ToJson() : $"{plan.Explain()}{Environment.NewLine}{Environment.NewLine}fingerprint {plan.Fingerprint}{Environment.NewLine}");
        return ExitCodes.Ran;
    });

    /// <summary>What a script makes; an exit code where it fails.</summary>
    private static int? Model(string path, IFailures failures, out nn.Module? model)
    {
        model = null;
        CompiledScript script = ScriptCompiler.Compile(ScriptFile.Open(path));
        failures.Add(script.ToTell(withWarnings: false));
        if (script.HasErrors)
        {
            return ExitCodes.Failed;
        }

        object? result = null;
        TextWriter output = Console.Out;
        // What the script says is no part of the plan.
        Console.SetOut(Console.Error);
        try
        {
            if (script.Program is { } program && ScriptRun.Evaluate(program, new ScriptGlobals([]), failures, null, out result) is { } failed)
            {
                return failed;
            }
        }
        finally
        {
            Console.SetOut(output);
        }

        model = result as nn.Module
            ?? throw new WrongUsageException($"{path} makes no model: its last expression is to be one{(result is null ? "" : $", not a {result.GetType().Name}")}.");
        return null;
    }
}
