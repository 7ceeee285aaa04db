// Prints the line and branch coverage of the core by folder, from what the tests wrote into the folder that the first argument
// names, and holds it against README.md beside this file, where what is uncovered is listed with why.
// `--write` brings the numbers of that list up to date; a file that is new in it gets "?" as its reason. Where the reason is the width
// of vectors the larger numbers stay: machines lack different ones.
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

static string Here([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;

string[] measured = Args.Count > 0 ? Directory.GetFiles(Args[0], "*.json") : [];
if (measured.Length == 0)
{
    Console.Error.WriteLine("Give the folder that COVERAGE_FOLDER named when the tests ran; it holds their coverage as JSON.");
    return 2;
}

// A line or a branch is covered when the tests of any project ran it.
var lines = new Dictionary<(string File, int Line), bool>();
var branches = new Dictionary<(string File, string Method, int Line, int Number), bool>();
foreach (JsonProperty source in measured.SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject()).SelectMany(module => module.Value.EnumerateObject()))
{
    string path = source.Name.Replace('\\', '/');
    string file = path[(path.LastIndexOf("/src/InitDsl/") + "/src/InitDsl/".Length)..];
    foreach (JsonProperty method in source.Value.EnumerateObject().SelectMany(type => type.Value.EnumerateObject()))
    {
        foreach (JsonProperty line in method.Value.GetProperty("Lines").EnumerateObject())
        {
            var key = (file, int.Parse(line.Name));
            lines[key] = lines.GetValueOrDefault(key) || line.Value.GetInt64() > 0;
        }

        foreach (JsonElement branch in method.Value.GetProperty("Branches").EnumerateArray())
        {
            var key = (file, method.Name, branch.GetProperty("Line").GetInt32(), branch.GetProperty("Ordinal").GetInt32());
            branches[key] = branches.GetValueOrDefault(key) || branch.GetProperty("Hits").GetInt64() > 0;
        }
    }
}

static string Percent(int part, int whole) => whole == 0 ? "      –" : FormattableString.Invariant($"{100.0 * part / whole,6:F1}%");

void Print(string name, Func<string, bool> belongs)
{
    bool[] ofLines = [.. lines.Where(line => belongs(line.Key.File)).Select(line => line.Value)];
    bool[] ofBranches = [.. branches.Where(branch => belongs(branch.Key.File)).Select(branch => branch.Value)];
    int ran = ofLines.Count(covered => covered), taken = ofBranches.Count(covered => covered);
    Console.WriteLine($"  {name,-14} lines {Percent(ran, ofLines.Length)} ({ran} of {ofLines.Length}), branches {Percent(taken, ofBranches.Length)} ({taken} of {ofBranches.Length})");
}

static string FolderOf(string file) => file.Contains('/') ? file[..file.IndexOf('/')] : ".";

Console.WriteLine("Coverage of the core (src/InitDsl):");
foreach (string folder in lines.Keys.Select(line => FolderOf(line.File)).Distinct().Order(StringComparer.Ordinal))
{
    Print(folder, file => FolderOf(file) == folder);
}

Print("all", _ => true);

// file → how many lines never ran, how many branches were never taken
var uncovered = lines.Where(line => !line.Value).Select(line => (line.Key.File, Lines: 1, Branches: 0))
    .Concat(branches.Where(branch => !branch.Value).Select(branch => (branch.Key.File, Lines: 0, Branches: 1)))
    .GroupBy(missing => missing.File)
    .ToDictionary(group => group.Key, group => (Lines: group.Sum(missing => missing.Lines), Branches: group.Sum(missing => missing.Branches)));

string page = System.IO.Path.Combine(Here(), "README.md");
const string Head = "| file | lines | branches | why |\n| --- | --- | --- | --- |\n";
string text = File.ReadAllText(page);
string before = text[..text.IndexOf(Head)];
var listed = Regex.Matches(text[before.Length..], @"(?m)^\| `(.+?)` \| (\d+) \| (\d+) \| (.*) \|$").ToDictionary(
    row => row.Groups[1].Value,
    row => (Lines: int.Parse(row.Groups[2].Value), Branches: int.Parse(row.Groups[3].Value), Why: row.Groups[4].Value));

if (Args.Contains("--write"))
{
    foreach (var (file, row) in listed.Where(row => row.Value.Why.Contains("width")))
    {
        var now = uncovered.GetValueOrDefault(file);
        uncovered[file] = (Math.Max(row.Lines, now.Lines), Math.Max(row.Branches, now.Branches));
    }

    File.WriteAllText(page, before + Head + string.Concat(uncovered.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file =>
        $"| `{file.Key}` | {file.Value.Lines} | {file.Value.Branches} | {(listed.TryGetValue(file.Key, out var row) ? row.Why : "?")} |\n")));
    return 0;
}

var unexplained = uncovered.Where(file => !listed.TryGetValue(file.Key, out var row) || file.Value.Lines > row.Lines || file.Value.Branches > row.Branches)
    .OrderBy(file => file.Key, StringComparer.Ordinal).ToArray();
Console.WriteLine(unexplained.Length == 0
    ? "All that is uncovered is listed in scripts/coverage/README.md, with why."
    : "More is uncovered than scripts/coverage/README.md lists:");
foreach (var file in unexplained)
{
    Console.WriteLine($"  {file.Key}: lines {string.Join(", ", lines.Where(line => line.Key.File == file.Key && !line.Value).Select(line => line.Key.Line).Order())}"
        + $"; branches in lines {string.Join(", ", branches.Where(branch => branch.Key.File == file.Key && !branch.Value).Select(branch => branch.Key.Line).Distinct().Order())}");
}

return 0;
