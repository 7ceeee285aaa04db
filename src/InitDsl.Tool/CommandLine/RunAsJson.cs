using System.Globalization;

namespace InitDsl.Tool;

/// <summary><c>initdsl run --json script.csx</c>: the outcome as one JSON object on standard output, and nothing else there.</summary>
internal static class RunAsJson
{
    /// <returns>The exit code.</returns>
    internal static int Of(string path, ScriptGlobals globals, bool verbose)
    {
        var problems = new JsonProblems();
        var applied = new List<string>();
        object? result = null;
        int code;
        TextWriter output = Console.Out;
        Console.SetOut(Console.Error);
        try
        {
            code = Answer.Of(
                problems,
                ExitCodes.Failed,
                failures => RunCommand.Run(path, globals, verbose, failures, (plan, report) => Add(applied, plan, report), out result));
        }
        finally
        {
            Console.SetOut(output);
        }

        string text = result is null ? "null" : Json.String(Convert.ToString(result, CultureInfo.InvariantCulture) ?? "");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{ \"exitCode\": {code}, \"result\": {text}, \"applied\": [{string.Join(", ", applied)}], \"problems\": {problems.Array} }}"));
        return code;
    }

    private static void Add(List<string> applied, Plan plan, Report report)
    {
        PlanRecord record = plan.Record();
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{ \"model\": {Json.String(record.Model)}, \"source\": {Json.String(record.Source)}, \"seed\": {record.Seed}, \"fingerprint\": {Json.String(record.Fingerprint)}, \"parameters\": {report.Entries.Count}, \"values\": {report.Entries.Sum(entry => entry.Found.Count)} }}");
        // A script may apply from several threads.
        lock (applied)
        {
            applied.Add(text);
        }
    }
}
