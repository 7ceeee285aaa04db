using System.Reflection;
using System.Text.RegularExpressions;
using InitDsl.Tests.Running;

namespace InitDsl.Tests.Documentation;

/// <summary>The page src/CATALOGUE.md lists every word of the public API, with tests that there are.</summary>
public partial class CatalogueTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "src", "CATALOGUE.md"));

    /// <summary>The tests' source files by class; a name may stand in several projects.</summary>
    private static readonly ILookup<string, string> TestClasses = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
        .ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);

    public static TheoryData<string, string[]> Sections => new()
    {
        { "Initializers", [.. Words(typeof(Dsl), member => member == typeof(Init))] },
        { "Combinators", [.. Words(typeof(Init), member => member == typeof(Init))] },
        {
            "Selectors and rules",
            [
                .. new[] { typeof(Dsl), typeof(Selector), typeof(Rule), typeof(RuleSet) }
                    .SelectMany(type => Words(type, returned => returned == typeof(Selector) || returned == typeof(RowSlice) || typeof(RuleSet).IsAssignableFrom(returned)))
                    .Distinct()
                    .Where(word => word != nameof(Rule.Selector)),   // what a rule was made from
            ]
        },
        { "Presets", [.. Words(typeof(Presets), member => member == typeof(RuleSet))] },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_word_is_listed_once_and_nothing_else(string section, string[] words)
    {
        Assert.NotEmpty(words);
        Assert.Equal(words.Order(StringComparer.Ordinal), Rows(section).SelectMany(row => row.Words).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_word_has_a_test_that_there_is_in_a_file_that_says_it(string section, string[] words)
    {
        var wrong = new List<string>();
        foreach ((string[] listed, string[] tests) in Rows(section))
        {
            wrong.AddRange(tests.Where(test => !IsTest(test)).Select(test => $"{test}: no such test"));
            string files = string.Concat(tests.SelectMany(test => TestClasses[test.Split('.')[0]].Concat(CallsOf(test))));
            wrong.AddRange(listed.Where(word => !Regex.IsMatch(files, $@"\b{word}\b")).Select(word => $"{word}: not in {string.Join(", ", tests)}"));
        }

        Assert.Empty(wrong);
        Assert.True(words.Length <= Rows(section).Sum(row => row.Words.Length));
    }

    [Fact]
    public void A_test_that_there_is_not_is_noticed()
    {
        Assert.True(IsTest($"{nameof(CatalogueTests)}.{nameof(A_test_that_there_is_not_is_noticed)}"));
        Assert.False(IsTest($"{nameof(CatalogueTests)}.{nameof(IsTest)}"));
        Assert.False(IsTest($"{nameof(CatalogueTests)}.A_test"));
        Assert.False(IsTest($"NoTests.{nameof(A_test_that_there_is_not_is_noticed)}"));
    }

    [Fact]
    public void The_README_leads_here() => Assert.Contains("(src/CATALOGUE.md)", File.ReadAllText(Repository.Readme), StringComparison.Ordinal);

    /// <summary>The words that the tests against PyTorch call stand in a table beside them.</summary>
    private static IEnumerable<string> CallsOf(string test) => test.StartsWith("PyTorch", StringComparison.Ordinal)
        ? [File.ReadAllText(Path.Combine(Repository.Root, "tests", "InitDsl.TorchSharp.Tests", "Reference", "ReferenceCalls.cs"))]
        : [];

    private static bool IsTest(string name) =>
        name.Split('.') is [var type, var method]
        && TestClasses[type].Any(source => Regex.IsMatch(
            source, $@"\[(Fact|Theory|Property)\b[^\n]*\n(\s*\[[^\n]*\n)*\s*public [\w ]+ {Regex.Escape(method)}\("));

    private static IEnumerable<string> Words(Type type, Func<Type, bool> returns) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo property ? returns(property.PropertyType)
                : member is MethodInfo { IsSpecialName: false } method && returns(method.ReturnType))
            .Select(member => member.Name)
            .Distinct();

    /// <summary>The words of the first column and the tests of the last, a row of the section's table each.</summary>
    private static List<(string[] Words, string[] Tests)> Rows(string section)
    {
        string text = Page.Split("\n## ").Single(part => part.StartsWith($"{section}\n", StringComparison.Ordinal));
        string[][] rows = [.. text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | "))];
        return [.. rows.Select(cells => (Quoted(cells[0]), Quoted(cells[^1])))];
    }

    private static string[] Quoted(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
