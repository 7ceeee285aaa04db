using System.Text.RegularExpressions;
using InitDsl.Tests.Running;

namespace InitDsl.Tests.Documentation;

/// <summary>The list of planted defects fits the source, so that it cannot rot; scripts/planted/plant.csx plants them.</summary>
public class PlantedDefectsTests
{
    private static readonly string Folder = Path.Combine(Repository.Scripts, "planted");

    private static readonly IReadOnlyList<Defect> All = Defect.Read(Path.Combine(Folder, "defects.txt"));

    public static TheoryData<string> Names => [.. All.Select(defect => defect.Name)];

    [Fact]
    public void There_are_many_and_each_has_a_name_of_its_own()
    {
        Assert.InRange(All.Count, 20, 1000);
        Assert.Equal(All.Count, All.Select(defect => defect.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_text_stands_in_the_source_exactly_once(string name)
    {
        Defect defect = All.Single(defect => defect.Name == name);
        Assert.NotEmpty(defect.Edits);
        Assert.All(defect.Edits, edit =>
        {
            Assert.Equal(1, Defect.Count(File.ReadAllText(Path.Combine(Repository.Root, edit.File)), edit.Find));
            Assert.NotEqual(edit.Find, edit.Replace);
            Assert.StartsWith("src/", edit.File, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_names_a_test_that_notices_it(string name)
    {
        Defect defect = All.Single(defect => defect.Name == name);
        string page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Match row = Regex.Match(page, $@"(?m)^\| `{Regex.Escape(name)}` \| (.*) \| (.*) \|$");
        Assert.True(row.Success, $"Run plant.csx {name} --write.");
        Assert.Equal(defect.What, row.Groups[1].Value);
        string[] tests = [.. Regex.Matches(row.Groups[2].Value, "`([^`]+)`").Select(test => test.Groups[1].Value)];
        Assert.NotEmpty(tests);
        Assert.All(tests, test =>
        {
            string[] parts = test.Split('.');
            Assert.Contains(parts[0], defect.Classes);
            string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "tests", defect.Project), parts[0] + ".cs", SearchOption.AllDirectories);
            Assert.Contains($" {parts[1]}(", File.ReadAllText(Assert.Single(files)), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_text_that_is_not_there_once_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("twice.cs", "a a b");
        Assert.Throws<InvalidDataException>(() => Defect.Plant(new("twice.cs", "a", "c"), folder.Path));
        Assert.Throws<InvalidDataException>(() => Defect.Plant(new("twice.cs", "d", "c"), folder.Path));
        Assert.Equal("a a b", Defect.Plant(new("twice.cs", "b", "c"), folder.Path));
        Assert.Equal("a a c", File.ReadAllText(Path.Combine(folder.Path, "twice.cs")));
    }
}
