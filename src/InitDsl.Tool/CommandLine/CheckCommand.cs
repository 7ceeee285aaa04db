using System.CommandLine;

namespace InitDsl.Tool;

/// <summary><c>initdsl check rules.json</c>.</summary>
internal static class CheckCommand
{
    internal const string Name = "check";

    internal const string Help =
        """
        Example:
          initdsl check rules.json

          A file of rules is an object with a version and the rules, each an array of the words of its code:

            { "initdsl": 1, "rules": [
              [{ "When": "Linear" }, { "Weight": "Kaiming" }, { "Bias": "Zeros" }],
              [{ "Named": "head" }, { "Weight": { "Normal": { "std": 0.02 } } }]
            ] }

        JSON:
          initdsl check rules.json --json
          { "rules": ["When<Linear>().Weight(Kaiming).Bias(Zeros)"], "problems": [] }

        Exit codes:
          0    the file is a rule set; its rules are printed as code
          1    it is not: every problem is printed with line and column
          2    the command line is wrong, or the file cannot be read
          70   initdsl itself failed: the stack trace is on standard error

        """;

    internal static Command Create()
    {
        var file = new Argument<string>("rules") { Description = "A file of rules in JSON." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var command = new Command(Name, "Says whether a file is a rule set.") { file, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json) => Answer.Of(json, notWhatItShouldBe: ExitCodes.Failed, _ =>
    {
        RuleSet rules = InputFile.Read(path, RuleSet.Load);
        Console.WriteLine(json
            ? $"{{ \"rules\": [{string.Join(", ", rules.Rules.Select(rule => Json.String(rule.ToString())))}], \"problems\": [] }}"
            : rules.ToString());
        return ExitCodes.Ran;
    });
}
