using System.Text.RegularExpressions;
using InitDsl.Tests.Running;

namespace InitDsl.Tests.Documentation;

/// <summary>The list of mutants that live fits the source, so that it cannot rot; scripts/mutation/mutation.csx tries them.</summary>
public class MutationListTests
{
    private static readonly string Folder = Path.Combine(Repository.Scripts, "mutation");

    private static readonly IReadOnlyList<Reason> All = Survivors.Read(Path.Combine(Folder, "survivors.md"));

    public static TheoryData<string> Files => [.. All.SelectMany(reason => reason.Changes).Select(change => change.File).Distinct()];

    [Fact]
    public void Each_has_one_reason_and_each_reason_has_some()
    {
        Assert.All(All, reason => Assert.NotEmpty(reason.Changes));
        Assert.Equal(All.Count, All.Select(reason => reason.Why).Distinct().Count());
        Change[] changes = [.. All.SelectMany(reason => reason.Changes)];
        Assert.Equal(changes.Length, changes.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Their_text_stands_in_the_source(string file)
    {
        string source = Plain(File.ReadAllText(Path.Combine(Repository.Root, "src", "InitDsl", file)));
        Assert.All(All.SelectMany(reason => reason.Changes).Where(change => change.File == file), change =>
        {
            string text = Plain(change.Before.TrimEnd('…'));
            Assert.True(source.Split(text).Length > change.Number, $"Run mutation.csx {file.Split('/')[0]} --write: there is no longer `{change.Before}` (no. {change.Number}).");
            Assert.NotEqual(change.Before, change.After);
        });

        static string Plain(string code) => Regex.Replace(code.Replace('`', '\''), @"\s+", " ");
    }

    [Fact]
    public void The_page_counts_those_that_are_explained_and_those_that_are_not()
    {
        string page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        IReadOnlyList<Match> rows = Regex.Matches(page, @"(?m)^\| `(\w+)` \| \d+ \| \d+ \| \d+ \| \d+ \| (\d+) \| (\d+) \|$");
        Assert.Equal(All.SelectMany(reason => reason.Changes).Select(change => change.File.Split('/')[0]).Distinct().Order(), rows.Select(row => row.Groups[1].Value));
        Assert.All(rows, row =>
        {
            int Count(Func<Reason, bool> which) => All.Where(which).SelectMany(reason => reason.Changes).Count(change => change.File.Split('/')[0] == row.Groups[1].Value);
            Assert.Equal(Count(reason => reason.Why != Survivors.Unexplained), int.Parse(row.Groups[2].Value));
            Assert.Equal(Count(reason => reason.Why == Survivors.Unexplained), int.Parse(row.Groups[3].Value));
        });
    }

    [Fact]
    public void A_line_that_is_no_change_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("list.md", "# Head\n\n## Why\n\n- `a.cs`: `b` → `c`\n- `a.cs`: `b` → `c` (no. 2)\n");
        string path = Path.Combine(folder.Path, "list.md");
        Reason reason = Assert.Single(Survivors.Read(path));
        Assert.Equal([new("a.cs", "b", "c", 1), new("a.cs", "b", "c", 2)], reason.Changes);

        string text = File.ReadAllText(path);
        Survivors.Write(path, [reason, new("Nothing", [])]);
        Assert.Equal(text, File.ReadAllText(path));

        folder.Write("list.md", "## Why\n- `a.cs`: b\n");
        Assert.Throws<InvalidDataException>(() => Survivors.Read(path));
    }
}
