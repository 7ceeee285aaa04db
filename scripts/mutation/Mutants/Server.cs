using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Runner.InProc.SystemConsole;

namespace InitDsl.Mutation;

/// <summary>
/// In place of a test program's own entry: runs tests against one mutant after the other, since most of the time of a program that runs
/// few tests goes into its start.
/// </summary>
internal static class Server
{
    /// <summary>
    /// Reads lines of a mutant's number and names of test methods, all separated by blanks. Answers with "passed", "failed" and a test's name, or
    /// "spoiled" when that test fails without the mutant as well, because of what an earlier mutant left behind.
    /// </summary>
    public static void Run(string tests)
    {
        Assembly assembly = Assembly.Load(tests);
        // Programs that tests start are no servers; they have the mutant too.
        Environment.SetEnvironmentVariable("MUTANTS_SERVE", null);
        TextWriter answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        while (Console.In.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            string? failed = Failing(assembly, int.Parse(words[0], CultureInfo.InvariantCulture), words[1..]);
            answers.WriteLine("mutant: " + (failed is null ? "passed" : Failing(assembly, -1, [failed]) is null ? $"failed {failed}" : "spoiled"));
            answers.Flush();
        }
    }

    private static string? Failing(Assembly assembly, int mutant, string[] methods)
    {
        Switch.Active = mutant;
        Environment.SetEnvironmentVariable("MUTANT", mutant.ToString(CultureInfo.InvariantCulture));
        var output = new StringWriter();
        var runner = new ConsoleRunner([.. methods.SelectMany(method => new[] { "-method", method }), "-stopOnFail", "-noColor", "-parallel", "none"], assembly);
        int code = runner.EntryPoint(TextReader.Null, output).GetAwaiter().GetResult();
        Switch.Active = -1;
        if (code == 0)
        {
            return null;
        }

        // The test's name as xunit shows it, with its arguments; without them it is the method's.
        string text = output.ToString();
        return methods.FirstOrDefault(method => Regex.IsMatch(text, $@"(?m)^\s*{Regex.Escape(method)}(\(.*)? \[FAIL\]"))
            ?? throw new InvalidOperationException($"Of these tests none ran or failed: {string.Join(' ', methods)}\n{text}");
    }
}
