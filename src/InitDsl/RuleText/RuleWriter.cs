using System.Text;

namespace InitDsl;

/// <summary>Writes a rule set as JSON text, a rule a line.</summary>
internal static class RuleWriter
{
    /// <exception cref="NotSupportedException">Some rules hold what no text can.</exception>
    internal static string Write(RuleSet rules)
    {
        var text = new StringBuilder();
        var refused = new List<string>();
        for (int i = 0; i < rules.Rules.Count; i++)
        {
            var writer = new TermWriter();
            string rule = writer.Rule(rules.Rules[i]);
            if (writer.Refusal is { } why)
            {
                refused.Add($"  #{i + 1} {rules.Rules[i]}: {why}{Instead(rules.Rules[i].Preset)}");
            }

            text.Append(i == 0 ? "\n    " : ",\n    ").Append(rule);
        }

        return refused.Count == 0
            ? $"{{\n  \"initdsl\": {RuleReader.Version},\n  \"rules\": [{text}{(text.Length == 0 ? "" : "\n  ")}]\n}}\n"
            : throw new NotSupportedException(
                $"{(refused.Count == 1 ? "A rule" : $"{refused.Count} rules")} cannot be written as text:\n{string.Join('\n', refused)}");
    }

    private static string Instead(string? preset) => preset is null
        ? ""
        : $" It is a rule of {preset}: leave the preset out here, and write it before the file: {preset} + RuleSet.Load(\"rules.json\").";
}
