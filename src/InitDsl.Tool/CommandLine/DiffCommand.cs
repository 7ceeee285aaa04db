using System.CommandLine;

namespace InitDsl.Tool;

/// <summary><c>initdsl diff a.plan.json b.plan.json</c>.</summary>
internal static class DiffCommand
{
    internal const string Name = "diff";

    internal const string Help =
        """
        Example:
          initdsl diff before.plan.json after.plan.json

          File.WriteAllText("before.plan.json", plan.ToJson()) writes such a file, and so does
          initdsl explain rules.json --model model.csx --json > before.plan.json

        JSON:
          initdsl diff before.plan.json after.plan.json --json
          { "same": false, "before": …, "after": …, "changes": [{ "path": …, "differs": ["rule", "law"], … }] }

        Exit codes:
          0    the plans are the same
          1    they differ: a table says which parameters have another rule, law or stream
          2    the command line is wrong, or a file cannot be read or is no plan
          70   initdsl itself failed: the stack trace is on standard error

        """;

    internal static Command Create()
    {
        var before = new Argument<string>("before") { Description = "The first plan, as plan.ToJson() writes it." };
        var after = new Argument<string>("after") { Description = "The second plan." };
        var json = new Option<bool>("--json") { Description = "Write the differences as JSON." };
        var command = new Command(Name, "Says what one plan does differently from another.") { before, after, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string before, string after, bool json) => Answer.Of(json, notWhatItShouldBe: ExitCodes.WrongUsage, _ =>
    {
        PlanDiff diff = InputFile.Read(before, PlanRecord.Load).Diff(InputFile.Read(after, PlanRecord.Load));
        Console.Write(json ? diff.ToJson() : $"{diff}{Environment.NewLine}");
        return diff.IsEmpty ? ExitCodes.Ran : ExitCodes.Different;
    });
}
