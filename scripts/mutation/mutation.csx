// Lets Stryker.NET put every mutant of the core into one library, and runs each against the tests that come past it.
//
//   dotnet run --project src/InitDsl.Tool -- run scripts/mutation/mutation.csx            all, in the clone's folder
//   … mutation.csx Laws Rules                                                             those of some folders of src/InitDsl
//   … mutation.csx --quick                                                                without the tests of InitDsl.TorchSharp.Tests
//   … mutation.csx --listed                                                               those too whose reason survivors.md has
//   … mutation.csx --write                                                                writes survivors.md and README.md's table
//
// artifacts/mutation keeps what is done, so that a run that was stopped goes on where it was; a change of src/InitDsl begins anew, and
// one of the tests tries those again that lived.
// Exits with 1 when a mutant lives and survivors.md has no reason for it.
#load "survivors.csx"
#load "../planted/program.csx"

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;

string root = Environment.CurrentDirectory;
if (!File.Exists(Path.Combine(root, "InitDsl.sln")))
{
    Console.Error.WriteLine("Run it in the folder of InitDsl.sln.");
    return 2;
}

// Waiting for programs takes threads, and so does reading what they print: with a pool of one thread a processor they wait for each other.
ThreadPool.SetMinThreads(16 * Environment.ProcessorCount, 16);

string[] everything = ["Laws", "Parameters", "Plans", "Rules", "Streams"];
string[] options = ["--quick", "--listed", "--write"];
if (Args.FirstOrDefault(word => !everything.Contains(word) && !options.Contains(word)) is { } unknown)
{
    Console.Error.WriteLine($"{unknown} is neither a folder ({string.Join(", ", everything)}) nor an option ({string.Join(", ", options)}).");
    return 2;
}

if (Args.Contains("--quick") && Args.Contains("--write"))
{
    Console.Error.WriteLine("What is written is what all tests say: leave out --quick.");
    return 2;
}

string[] parts = Args.Any(everything.Contains) ? [.. everything.Where(Args.Contains)] : everything;
string list = Path.Combine(root, "scripts", "mutation", "survivors.md");
var lab = new Laboratory(root);
IReadOnlyList<Mutant> mutants = lab.Make().Where(mutant => parts.Contains(mutant.Part)).ToArray();
IReadOnlyList<Reason> reasons = Survivors.Read(list);
HashSet<Change> explained = [.. reasons.Where(reason => reason.Why != Survivors.Unexplained).SelectMany(reason => reason.Changes)];

Suite[] suites = [.. (Args.Contains("--quick") ? new[] { "InitDsl.Tests" } : ["InitDsl.Tests", "InitDsl.TorchSharp.Tests"]).Select(lab.Measure)];
Mutant[] tried = [.. mutants.Where(mutant => mutant.Compiles && (Args.Contains("--listed") || !explained.Contains(mutant.Change)))];
IReadOnlyDictionary<int, Result> results = lab.Try(tried, suites);

Mutant[] alive = [.. tried.Where(mutant => results[mutant.Number].Outcome is Outcome.Lives or Outcome.Unseen)];
Mutant[] unexplained = [.. alive.Where(mutant => !explained.Contains(mutant.Change))];
foreach (Mutant mutant in unexplained)
{
    Console.WriteLine($"{mutant.Number}{(results[mutant.Number].Outcome == Outcome.Unseen ? ", no test comes here" : "")}: {mutant.Change.ToString()[2..]}, line {mutant.Line}");
}

var table = new StringBuilder("| folder | mutants | do not compile | noticed | run too long | live, explained | live |\n| --- | --- | --- | --- | --- | --- | --- |\n");
foreach (string part in parts)
{
    Mutant[] here = [.. mutants.Where(mutant => mutant.Part == part)];
    int Count(Func<Outcome, bool> of) => here.Count(mutant => results.TryGetValue(mutant.Number, out Result? result) && of(result.Outcome));
    int living = unexplained.Count(mutant => mutant.Part == part);
    table.Append(CultureInfo.InvariantCulture, $"| `{part}` | {here.Length} | {here.Count(mutant => !mutant.Compiles)} | {Count(outcome => outcome == Outcome.Noticed)} | {Count(outcome => outcome == Outcome.TooLong)} ")
        .Append(CultureInfo.InvariantCulture, $"| {here.Count(mutant => mutant.Compiles && explained.Contains(mutant.Change) && !(results.TryGetValue(mutant.Number, out Result? result) && result.Outcome is Outcome.Noticed or Outcome.TooLong))} | {living} |\n");
}

Console.Write(table);
if (Args.Contains("--write"))
{
    // Of the folders that were looked at: those that are gone go, those that are new wait for a reason.
    HashSet<Change> gone = [.. reasons.SelectMany(reason => reason.Changes).Where(change => parts.Contains(change.File.Split('/')[0]))];
    gone.ExceptWith(mutants.Where(mutant => mutant.Compiles && explained.Contains(mutant.Change) && (!Args.Contains("--listed") || alive.Contains(mutant))).Select(mutant => mutant.Change));
    Survivors.Write(list, [
        .. reasons.Where(reason => reason.Why != Survivors.Unexplained).Select(reason => reason with { Changes = [.. reason.Changes.Where(change => !gone.Contains(change))] }),
        new(Survivors.Unexplained, [.. reasons.Where(reason => reason.Why == Survivors.Unexplained).SelectMany(reason => reason.Changes).Where(change => !gone.Contains(change)), .. unexplained.Select(mutant => mutant.Change)]),
    ]);
    // The rows of other folders stay.
    string page = Path.Combine(root, "scripts", "mutation", "README.md");
    string text = File.ReadAllText(page);
    Dictionary<string, string> rows = Regex.Matches(text + table, "(?m)^\\| `(\\w+)` \\|.*$").GroupBy(row => row.Groups[1].Value).ToDictionary(row => row.Key, row => row.Last().Value);
    File.WriteAllText(page, text[..text.IndexOf("| folder |", StringComparison.Ordinal)]
        + string.Concat(table.ToString().Split('\n').Take(2).Concat(everything.Where(rows.ContainsKey).Select(part => rows[part])).Select(line => line + "\n")));
}

return unexplained.Length == 0 ? 0 : 1;

enum Outcome
{
    /// <summary>A test failed, or its program broke off.</summary>
    Noticed,

    /// <summary>The tests did not end in several times the time that they take.</summary>
    TooLong,

    /// <summary>All tests passed.</summary>
    Lives,

    /// <summary>No test comes past it.</summary>
    Unseen,
}

/// <summary>A mutant in the library, by Stryker's number.</summary>
sealed record Mutant(int Number, Change Change, int Line, bool Compiles)
{
    public string Part => Change.File.Split('/')[0];
}

sealed record Result(Outcome Outcome, string By);

/// <summary>A test method, how long it takes, and the mutants that it comes past.</summary>
sealed record TestMethod(string Name, double Milliseconds, IReadOnlySet<int> Mutants);

/// <summary>A test project, built beside the library with the mutants.</summary>
sealed record Suite(string Name, string Program, IReadOnlyList<TestMethod> Tests)
{
    public static TestMethod[] Read(string record) => [.. File.ReadLines(record).Select(line => line.Split('\t')).GroupBy(columns => columns[0]).Select(rows => new TestMethod(
        rows.Key,
        rows.Sum(columns => double.Parse(columns[1], CultureInfo.InvariantCulture)),
        rows.SelectMany(columns => columns[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToHashSet()))];

    /// <summary>The tests of a file of the source: of the classes whose names begin its name, as GlobTests for Glob.cs and GlobParser.cs.</summary>
    public TestMethod[] Of(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return [.. Tests.Where(test => name.StartsWith(Regex.Replace(test.Name.Split('.')[^2], "Tests$", ""), StringComparison.Ordinal))];
    }
}

/// <summary>Makes mutants, measures which tests come past them, and tries them.</summary>
sealed class Laboratory(string root)
{
    /// <summary>How xunit's console shows a test that failed.</summary>
    public const string Failed = @"^\s+(\S+?)(\(.*)? \[FAIL\]";

    /// <summary>Tests that take longer are left out.</summary>
    private const double Slow = 8_000;

    /// <summary>How much of the tests' time is run at first, and at most, in milliseconds: most mutants fall to the first tests.</summary>
    private static readonly double[] Turns = [3_000, 60_000];

    /// <summary>The assembly with the switch, which is also the program that puts the recorder into tests.</summary>
    private string Hook => Path.Combine(root, "scripts", "mutation", "Mutants", "bin", "Debug", "net10.0", "Mutants.dll");

    private readonly string _work = Directory.CreateDirectory(Path.Combine(root, "artifacts", "mutation")).FullName;

    /// <summary>Has Stryker make the mutants, unless the library here is still that of the sources.</summary>
    public IEnumerable<Mutant> Make()
    {
        string sources = Path.Combine(_work, "sources");
        string hash = Hash(Path.Combine(root, "src", "InitDsl"));
        if (!File.Exists(sources) || File.ReadAllText(sources) != hash)
        {
            Console.WriteLine("Stryker makes the mutants: some minutes …");
            Directory.Delete(_work, recursive: true);
            Directory.CreateDirectory(_work);
            string folder = Path.Combine(root, "scripts", "mutation", "Mutants");
            Run("dotnet", folder, [], "tool", "restore");
            Run("dotnet", folder, new() { ["MUTANTS_FOLDER"] = _work }, "stryker", "-f", "stryker-config.json", "-O", Path.Combine(_work, "stryker"), "--skip-version-check");
            File.WriteAllText(sources, hash);
        }

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(Path.Combine(_work, "stryker"), "mutation-report.json", SearchOption.AllDirectories).Single()));
        return Mutants(report.RootElement.GetProperty("files")).ToArray();
    }

    /// <summary>Builds a test project beside the library and runs it once to see which tests come past which mutants.</summary>
    public Suite Measure(string name)
    {
        string project = Path.Combine(root, "tests", name);
        string folder = Path.Combine(_work, name);
        string record = Path.Combine(folder, "record.tsv");
        Run("dotnet", root, [], "build", project, "-v", "q", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false");
        string bin = Path.GetDirectoryName(Directory.GetFiles(Path.Combine(project, "bin", "Debug"), $"{name}.dll", SearchOption.AllDirectories).Single())!;
        string program = Path.Combine(folder, $"{name}.dll");
        string hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(bin, $"{name}.dll"))));
        string built = Path.Combine(folder, "built");
        if (!File.Exists(built) || File.ReadAllText(built) != hash)
        {
            Console.WriteLine($"{name}: which tests come past which mutants …");
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Copy(bin, folder);
            File.Copy(Path.Combine(_work, "records", "InitDsl.dll"), Path.Combine(folder, "InitDsl.dll"), overwrite: true);
            string recording = Path.Combine(folder, $"{name}.plain");
            File.Copy(program, recording);
            Run("dotnet", folder, new() { ["MUTANTS_TESTS"] = program }, Hook, "-class", "*LibraryTests");
            string[] alone = File.ReadAllLines(Path.ChangeExtension(program, ".properties"));
            var environment = new Dictionary<string, string> { ["MUTANTS_RECORD"] = record, ["DOTNET_STARTUP_HOOKS"] = Hook };
            var (code, output) = Program.Run("dotnet", folder, environment, TimeSpan.FromMinutes(60), [program, .. alone.SelectMany(method => new[] { "-method-", method }), "-parallel", "none", "-noColor"]);
            string[] failed = [.. Regex.Matches(output, Failed, RegexOptions.Multiline).Select(match => match.Groups[1].Value).Distinct()];
            if (code != (failed.Length == 0 ? 0 : 1) || failed.Length > 10)
            {
                throw new InvalidOperationException($"{name} ended with {code} without a mutant.\n{output}");
            }

            // Some hold their own program to its memory or its files, which are others here.
            File.WriteAllLines(Path.Combine(folder, "failed"), failed);
            Console.WriteLine($"Left out, since they fail beside the library with the mutants: {(failed.Length == 0 ? "none" : string.Join(", ", failed))}.");
            foreach (string method in alone)
            {
                // What does not end is slow, and left out.
                _ = Program.Run("dotnet", folder, new Dictionary<string, string>(environment) { ["MUTANTS_ALONE"] = method }, TimeSpan.FromMilliseconds(3 * Slow), program, "-method", method);
            }

            File.Move(recording, program, overwrite: true);
            File.Copy(Path.Combine(_work, "runs", "InitDsl.dll"), Path.Combine(folder, "InitDsl.dll"), overwrite: true);
            File.WriteAllText(built, hash);
        }

        HashSet<string> leftOut = [.. File.ReadLines(Path.Combine(folder, "failed"))];
        return new(name, program, [.. Suite.Read(record).Where(test => test.Milliseconds <= Slow && !leftOut.Contains(test.Name))]);
    }

    /// <summary>Tries mutants, several at a time; those that were noticed once stay so.</summary>
    public IReadOnlyDictionary<int, Result> Try(IReadOnlyList<Mutant> mutants, IReadOnlyList<Suite> suites)
    {
        string file = Path.Combine(_work, "results.tsv");
        string tests = string.Join('+', suites.Select(suite => File.ReadAllText(Path.Combine(Path.GetDirectoryName(suite.Program)!, "built"))));
        var results = new ConcurrentDictionary<int, Result>();
        foreach (string[] columns in File.Exists(file) ? File.ReadLines(file).Select(line => line.Split('\t')) : [])
        {
            var result = new Result(Enum.Parse<Outcome>(columns[1]), columns[2]);
            if (result.Outcome is Outcome.Noticed or Outcome.TooLong || columns[3] == tests)
            {
                results[int.Parse(columns[0], CultureInfo.InvariantCulture)] = result;
            }
        }

        Mutant[] left = [.. mutants.Where(mutant => !results.ContainsKey(mutant.Number))];
        int done = 0, alive = 0;
        Parallel.ForEach(
            Partitioner.Create(left, EnumerablePartitionerOptions.NoBuffering),
            new() { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => suites.Select(suite => new TestServer(suite, Hook)).ToArray(),
            (mutant, _, servers) =>
            {
                Result result = Try(mutant, servers);
                lock (results)
                {
                    results[mutant.Number] = result;
                    File.AppendAllText(file, $"{mutant.Number}\t{result.Outcome}\t{result.By}\t{tests}\n");
                    alive += result.Outcome is Outcome.Lives or Outcome.Unseen ? 1 : 0;
                    if (++done % 100 == 0 || done == left.Length)
                    {
                        Console.WriteLine($"{done} of {left.Length} mutants tried, {alive} live.");
                    }
                }

                return servers;
            },
            servers => Array.ForEach(servers, server => server.Dispose()));
        return results;
    }

    private static Result Try(Mutant mutant, TestServer[] servers)
    {
        bool seen = false;
        foreach (TestServer server in servers)
        {
            // Those that come past few mutants are about this one; of long tests the short ones first.
            TestMethod[] tests = [.. server.Suite.Tests.Where(test => test.Mutants.Contains(mutant.Number)).OrderBy(test => test.Mutants.Count * (1 + test.Milliseconds / 100))];
            seen |= tests.Length > 0;
            int begin = 0;
            foreach (double turn in Turns)
            {
                double time = 0;
                int end = begin;
                while (end < tests.Length && (end == begin || time + tests[end].Milliseconds <= turn))
                {
                    time += tests[end++].Milliseconds;
                }

                if (end > begin && server.Run(mutant.Number, tests[begin..end]) is { Outcome: not Outcome.Lives } result)
                {
                    return result;
                }

                // What is made once in a program, such as a table, does not show the mutant where it was made before: the first tests in a program of their own.
                if (begin == 0 && end > 0 && server.RunAnew(mutant.Number, tests[..end]) is { Outcome: not Outcome.Lives } anew)
                {
                    return anew;
                }

                begin = end;
            }
        }

        // What a program computes once, or before a test begins, as the rows of a theory, was recorded for whichever test asked first, or for none.
        foreach (TestServer server in servers)
        {
            if (server.Suite.Of(mutant.Change.File) is { Length: > 0 } tests && server.RunAnew(mutant.Number, tests) is { Outcome: not Outcome.Lives } result)
            {
                return result;
            }
        }

        return new(seen ? Outcome.Lives : Outcome.Unseen, "");
    }

    private IEnumerable<Mutant> Mutants(JsonElement files)
    {
        foreach (JsonProperty file in files.EnumerateObject())
        {
            string name = Path.GetRelativePath(Path.Combine(root, "src", "InitDsl"), file.Name).Replace('\\', '/');
            string[] lines = file.Value.GetProperty("source").GetString()!.Split('\n');
            var seen = new Dictionary<(string, string), int>();
            foreach (JsonElement mutant in file.Value.GetProperty("mutants").EnumerateArray().OrderBy(mutant => Place(mutant, "start")).ThenBy(mutant => Place(mutant, "end")))
            {
                string status = mutant.GetProperty("status").GetString()!;
                if (status == "Ignored")
                {
                    continue;
                }

                (int line, int column) = Place(mutant, "start");
                (int lastLine, int lastColumn) = Place(mutant, "end");
                string code = line == lastLine
                    ? lines[line - 1][(column - 1)..(lastColumn - 1)]
                    : string.Join('\n', [lines[line - 1][(column - 1)..], .. lines[line..(lastLine - 1)], lines[lastLine - 1][..(lastColumn - 1)]]);
                string before = Change.OneLine(code);
                string after = Change.OneLine(mutant.GetProperty("replacement").GetString()!);
                int number = seen[(before, after)] = seen.GetValueOrDefault((before, after)) + 1;
                yield return new(int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture), new(name, before, after, number), line, status != "CompileError");
            }
        }

        static (int Line, int Column) Place(JsonElement mutant, string end)
        {
            JsonElement place = mutant.GetProperty("location").GetProperty(end);
            return (place.GetProperty("line").GetInt32(), place.GetProperty("column").GetInt32());
        }
    }

    private static string Hash(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Regex.IsMatch(Path.GetRelativePath(folder, file), @"^(bin|obj)[/\\]")).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // libtorch is large: a link will do.
            if (new FileInfo(file).Length > 10_000_000)
            {
                File.CreateSymbolicLink(target, new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file);
            }
            else
            {
                File.Copy(file, target);
            }
        }
    }

    private static void Run(string program, string folder, Dictionary<string, string> environment, params string[] args)
    {
        var (code, output) = Program.Run(program, folder, environment, TimeSpan.FromMinutes(60), args);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', args)} {(code is null ? "did not end" : $"ended with {code}")}.\n{output}");
        }
    }
}

/// <summary>The program of a test project that runs tests against one mutant after the other; started again when it broke off.</summary>
sealed class TestServer(Suite suite, string hook) : IDisposable
{
    private const int NoMutant = -1;

    private Process? _process;

    public Suite Suite => suite;

    /// <summary>Runs tests against a mutant in the program that tried others before.</summary>
    public Result Run(int mutant, TestMethod[] tests)
    {
        Process process = _process ??= Start();
        try
        {
            process.StandardInput.WriteLine($"{mutant} {string.Join(' ', tests.Select(test => test.Name))}");
            process.StandardInput.Flush();
            Task<string?> answer = Answer(process.StandardOutput);
            if (!answer.Wait(Limit(tests)))
            {
                Dispose();
                return new(Outcome.TooLong, suite.Name);
            }

            switch (answer.Result?.Split(' '))
            {
                case ["passed"]:
                    return new(Outcome.Lives, "");
                case ["failed", string test]:
                    return new(Outcome.Noticed, test);
            }
        }
        catch (IOException)
        {
            // The pipe to a program that broke off: as its end without an answer.
        }

        // It broke off, or an earlier mutant has spoiled it.
        Dispose();
        return RunAnew(mutant, tests);
    }

    /// <summary>Runs tests against a mutant in programs that do nothing else.</summary>
    public Result RunAnew(int mutant, TestMethod[] tests)
    {
        for (TestMethod[] left = tests; left.Length > 0;)
        {
            var (result, failed) = RunAlone(mutant, left);
            if (failed is null || RunAlone(NoMutant, [failed]).Result.Outcome == Outcome.Lives)
            {
                return result;
            }

            // What fails without the mutant as well says nothing of it.
            left = [.. left.Where(test => test != failed)];
        }

        return new(Outcome.Lives, "");
    }

    private (Result Result, TestMethod? Failed) RunAlone(int mutant, TestMethod[] tests)
    {
        var environment = new Dictionary<string, string> { ["MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture), ["DOTNET_STARTUP_HOOKS"] = hook };
        var (code, output) = Program.Run("dotnet", Path.GetDirectoryName(suite.Program)!, environment, Limit(tests),
            [suite.Program, .. tests.SelectMany(test => new[] { "-method", test.Name }), "-stopOnFail", "-noColor", "-parallel", "none"]);
        string name = Regex.Match(output, Laboratory.Failed, RegexOptions.Multiline).Groups[1].Value;
        TestMethod? failed = Array.Find(tests, test => test.Name == name);
        return code switch
        {
            null => (new(Outcome.TooLong, suite.Name), null),
            0 => (new(Outcome.Lives, ""), null),
            _ => (new(Outcome.Noticed, failed?.Name ?? $"{suite.Name} ended with {code}"), failed),
        };
    }

    public void Dispose()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    private static TimeSpan Limit(TestMethod[] tests) => TimeSpan.FromMilliseconds(20_000 + (8 * tests.Sum(test => test.Milliseconds)));

    private static async Task<string?> Answer(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("mutant: ", StringComparison.Ordinal))
            {
                return line["mutant: ".Length..];
            }
        }

        return null;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [suite.Program])
        {
            WorkingDirectory = Path.GetDirectoryName(suite.Program)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = hook;
        start.Environment["MUTANTS_SERVE"] = suite.Name;
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
