// Plants the defects of defects.txt one by one in a copy of the repository and runs the tests that should notice.
//
//   dotnet run --project src/InitDsl.Tool -- run scripts/planted/plant.csx            all of them, in the clone's folder
//   … plant.csx relu-gain seed-ignored                                                some of them
//   … plant.csx --write                                                               writes README.md's table too
//
// Exits with 1 when a defect is noticed by no test, or when a test fails without one.
#load "defect.csx"
#load "program.csx"

using System.Text.RegularExpressions;
using System.Xml.Linq;

string root = Environment.CurrentDirectory;
if (!File.Exists(Path.Combine(root, "InitDsl.sln")))
{
    Console.Error.WriteLine("Run it in the folder of InitDsl.sln.");
    return 2;
}

string[] named = Args.Where(word => word != "--write").ToArray();
IReadOnlyList<Defect> all = Defect.Read(Path.Combine(root, "scripts", "planted", "defects.txt"));
if (named.FirstOrDefault(name => all.All(defect => defect.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no defect {unknown}: {string.Join(", ", all.Select(defect => defect.Name))}.");
    return 2;
}

Defect[] chosen = all.Where(defect => named.Length == 0 || named.Contains(defect.Name)).ToArray();
string copy = Directory.CreateTempSubdirectory("initdsl-planted-").FullName;
try
{
    Planting.Copy(root, copy);
    var results = new List<(Defect Defect, IReadOnlyList<string> Caught)>();
    foreach (var tests in chosen.GroupBy(defect => defect.Project))
    {
        Console.WriteLine($"{tests.Key} without a defect …");
        IReadOnlyList<string> failed = Planting.Test(copy, tests.Key, tests.SelectMany(defect => defect.Classes).Distinct(), restore: true);
        if (failed.Count > 0)
        {
            Console.Error.WriteLine($"These fail without any defect: {string.Join(", ", failed)}.");
            return 1;
        }

        foreach (Defect defect in tests)
        {
            var before = new Stack<(string File, string Text)>();
            foreach (Edit edit in defect.Edits)
            {
                before.Push((edit.File, Defect.Plant(edit, copy)));
            }

            IReadOnlyList<string> caught = Planting.Test(copy, defect.Project, defect.Classes, restore: false);
            results.Add((defect, caught));
            if (Args.Contains("--write"))
            {
                Planting.WriteTable(Path.Combine(root, "scripts", "planted", "README.md"), results, all);
            }

            Console.WriteLine(caught.Count == 0 ? $"{defect.Name}: NOT NOTICED" : $"{defect.Name}: {caught.Count} tests, {caught[0]}");
            foreach ((string file, string text) in before)
            {
                File.WriteAllText(Path.Combine(copy, file), text);
            }
        }
    }

    int missed = results.Count(result => result.Caught.Count == 0);
    Console.WriteLine($"{results.Count - missed} of {results.Count} planted defects are noticed.");
    return missed == 0 ? 0 : 1;
}
finally
{
    Directory.Delete(copy, recursive: true);
}

static class Planting
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Copies what git tracks, or would: the working tree as it is.</summary>
    public static void Copy(string root, string copy)
    {
        foreach (string file in Run("git", root, "ls-files", "-co", "--exclude-standard").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string target = Path.Combine(copy, file);
            if (File.Exists(Path.Combine(root, file)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Path.Combine(root, file), target);
            }
        }
    }

    /// <summary>Builds a test project, without analyzers, and runs some of its classes: the names of the tests that fail.</summary>
    public static IReadOnlyList<string> Test(string copy, string project, IEnumerable<string> classes, bool restore)
    {
        string folder = Path.Combine(copy, "tests", project);
        // Servers that outlive the build would hold its output open, and it would be read for ever.
        string[] build = ["build", folder, "-v", "q", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"];
        var (code, output) = Run("dotnet", copy, restore ? build : [.. build, "--no-restore"]);
        if (code != 0)
        {
            throw new InvalidOperationException($"It does not build.\n{output}");
        }

        string xml = Path.Combine(copy, "results.xml");
        File.Delete(xml);
        string program = Directory.GetFiles(Path.Combine(folder, "bin"), $"{project}.dll", SearchOption.AllDirectories).Single();
        string[] which = classes.SelectMany(name => new[] { "-class", $"*.{name}" }).ToArray();
        output = Run("dotnet", copy, [program, .. which, "-xml", xml]).Output;
        if (!File.Exists(xml))
        {
            throw new InvalidOperationException($"The tests did not come to an end.\n{output}");
        }

        XElement[] tests = XDocument.Load(xml).Descendants("test").ToArray();
        if (tests.Length == 0)
        {
            throw new InvalidOperationException($"No test ran: {string.Join(' ', which)}");
        }

        return tests.Where(test => (string?)test.Attribute("result") == "Fail")
            .Select(test => $"{((string)test.Attribute("type")!).Split('.')[^1]}.{(string)test.Attribute("method")!}")
            .Distinct().ToArray();
    }

    /// <summary>Writes the rows of the table anew; those of defects that did not run this time stay.</summary>
    public static void WriteTable(string page, IReadOnlyList<(Defect Defect, IReadOnlyList<string> Caught)> results, IReadOnlyList<Defect> all)
    {
        string text = File.ReadAllText(page);
        Dictionary<string, string> rows = Regex.Matches(text, "(?m)^\\| `([^`]+)` \\|.*$").ToDictionary(row => row.Groups[1].Value, row => row.Value);
        foreach ((Defect defect, IReadOnlyList<string> caught) in results)
        {
            string tests = string.Join(", ", caught.Take(3).Select(test => $"`{test}`")) + (caught.Count > 3 ? $" and {caught.Count - 3} more" : "");
            rows[defect.Name] = $"| `{defect.Name}` | {defect.What} | {tests} |";
        }

        string head = text[..(text.IndexOf("| --- |", StringComparison.Ordinal))];
        File.WriteAllText(page, head + "| --- | --- | --- |\n"
            + string.Concat(all.Where(defect => rows.ContainsKey(defect.Name)).Select(defect => rows[defect.Name] + "\n")));
    }

    private static (int Code, string Output) Run(string program, string folder, params string[] args)
    {
        var (code, output) = Program.Run(program, folder, new Dictionary<string, string>(), Limit, args);
        return (code ?? throw new TimeoutException($"{program} {string.Join(' ', args)} did not end."), output);
    }
}
