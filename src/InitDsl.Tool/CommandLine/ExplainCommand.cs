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

          The last expression of the script is the model, or a function that makes it; nothing is filled:

            Sequential(("fc1", Linear(784, 256)), ("act", ReLU()), ("fc2", Linear(256, 10)))

        Exit codes:
          0    the rules fit the model; the plan is printed, with --json as plan.ToJson() writes it
          1    they do not, or the script failed
          2    the command line is wrong, or a file cannot be read

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

    private static int Run(string path, string script, long seed, bool json)
    {
        try
        {
            RuleSet rules = InputFile.Read(path, RuleSet.Load);
            if (Model(script, out nn.Module? model) is { } failed)
            {
                return failed;
            }

            Plan plan = rules.Compile(model!, seed);
            Console.WriteLine(json ? plan.ToJson() : $"{plan.Explain()}{Environment.NewLine}fingerprint {plan.Fingerprint}");
            return ExitCodes.Ran;
        }
        catch (InitTextException wrong)
        {
            InputFile.Report(wrong, json);
            return ExitCodes.Failed;
        }
        catch (InitException refused)
        {
            DiagnosticTable.Write(refused);
            return ExitCodes.Failed;
        }
        catch (WrongUsageException wrong)
        {
            Screen.Errors.Error(wrong.Message);
            return ExitCodes.WrongUsage;
        }
    }

    /// <summary>What a script makes; an exit code where it fails, which has been reported.</summary>
    private static int? Model(string path, out nn.Module? model)
    {
        model = null;
        CompiledScript script = ScriptCompiler.Compile(ScriptFile.Open(path));
        DiagnosticReport.Write(script.Diagnostics, withWarnings: false);
        if (script.HasErrors)
        {
            return ExitCodes.Failed;
        }

        object? result = null;
        TextWriter output = Console.Out;
        try
        {
            // What the script says is no part of the plan.
            Console.SetOut(Console.Error);
            if (script.Program is { } program && ScriptRun.Evaluate(program, new ScriptGlobals([]), verbose: false, out result) is { } failed)
            {
                return failed;
            }

            model = result is Func<nn.Module> make ? make() : result as nn.Module;
        }
        finally
        {
            Console.SetOut(output);
        }

        return model is not null ? null : throw new WrongUsageException($"{path} makes no model: its last expression is the model, or a function that makes it.");
    }
}
