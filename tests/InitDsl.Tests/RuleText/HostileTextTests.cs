using System.Globalization;

namespace InitDsl.Tests;

/// <summary>Texts that nobody writes by hand: too large, too many, not to be printed.</summary>
public class HostileTextTests
{
    [Theory]
    [InlineData("{a,b}")]
    [InlineData("{*,?}*")]
    [InlineData("{[!a]}")]
    [InlineData("a")]
    public void A_pattern_is_as_long_as_can_be_matched_or_refused(string part)
    {
        string tooLong = string.Concat(Enumerable.Repeat(part, 20_000));
        var refused = Assert.Throws<ArgumentException>(() => Named(tooLong));
        Assert.InRange(refused.Message.Length, 10, 300);
        TextProblem problem = Assert.Single(Refused($$"""{"initdsl": 1, "rules": [[{"Named": "{{tooLong}}"}, "Keep"]]}""").Problems);
        Assert.Equal("$.rules[0][0].Named", problem.Path);
        Assert.InRange(problem.Message.Length, 10, 300);

        var longest = new Glob(string.Concat(Enumerable.Repeat(part, Glob.Longest / part.Length)));
        Assert.Equal(part.Contains('*', StringComparison.Ordinal), longest.Matches("h.0.fc"));
        Assert.Equal(part.Contains('*', StringComparison.Ordinal), longest.MatchesAtOrAbove("h.0.fc"));
    }

    [Fact]
    public void Braces_in_braces_are_matched_at_any_length_that_is_taken()
    {
        string nested = $"{new string('{', 30)}a,*{new string('}', 30)}";
        Assert.True(new Glob(string.Concat(Enumerable.Repeat(nested, Glob.Longest / nested.Length))).MatchesAtOrAbove("a.b"));
    }

    /// <summary>No time is taken: looking through all members for each would be ten thousand million looks here.</summary>
    [Fact]
    public void An_object_of_many_members_is_read()
    {
        string members = string.Join(", ", Enumerable.Range(0, 200_000).Select(i => $"\"member{i.ToString(CultureInfo.InvariantCulture)}\": 1"));
        Assert.Equal(100, Refused("""{"initdsl": 1, "rules": [], """ + members + "}").Problems.Count);
        Assert.Equal(100, Refused("""{"initdsl": 1, "rules": [["All", {"Weight": {"Normal": {""" + members + "}}}]]}").Problems.Count);
        Assert.Equal(100, Assert.Throws<InitTextException>(() => PlanRecord.Parse("""{"initdslPlan": 1, """ + members + "}")).Problems.Count);
    }

    [Fact]
    public void Nothing_is_looked_at_once_there_are_more_problems_than_anybody_reads()
    {
        var problems = new TextProblems([], null);
        int looked = 0;
        foreach (int at in problems.UntilFull(Enumerable.Range(0, 1000)))
        {
            looked++;
            problems.Add(0, "$", "wrong.");
        }

        Assert.Equal(100, looked);
    }

    [Theory]
    [InlineData("a\0b", "\\u0000")]
    [InlineData("a\u001b[31m", "\\u001b")]
    [InlineData("a\u0085", "\\u0085")]
    public void A_path_with_control_characters_is_refused(string path, string shown)
    {
        var refused = Assert.Throws<ArgumentException>(() => FromStateDict(path, partial: true));
        Assert.Equal("path", refused.ParamName);
        Assert.Contains(shown, refused.Message, StringComparison.Ordinal);
        string text = $$"""{"initdsl": 1, "rules": [[{"FromStateDict": {{Json.String(path)}}}]]}""";
        TextProblem problem = Assert.Single(Refused(text).Problems);
        Assert.Equal("$.rules[0][0].FromStateDict", problem.Path);
        Assert.DoesNotContain(problem.Message, char.IsControl);
    }

    [Theory]
    [InlineData("""[[{"\u001b[31mRed": "x"}, "Keep"]]""")]
    [InlineData("""[[{"When": "Li\u0007near"}, {"\u202eKeep": 1}]]""")]
    [InlineData("""[["All", {"Weight": {"Normal": {"\u0000": 1}}}]]""")]
    public void What_cannot_be_seen_is_escaped_in_messages(string rules) =>
        AssertPrintable(Refused($$"""{"initdsl": 1, "rules": {{rules}}}""").Message);

    [Fact]
    public void What_cannot_be_seen_in_a_models_names_is_escaped_in_tables_and_findings()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc\u001b[31m", 2, 2));
        Plan plan = (All.Weight(Ones) + Named("none").Bias(Ones)).Compile(model);
        AssertPrintable(plan.Explain());
        AssertPrintable(plan.Diff(All.Weight(Zeros).Compile(model)).ToString());
        AssertPrintable(Assert.Throws<InitException>(() => All.Bias(Xavier).Compile(model)).Message);
        Assert.Equal("fc\u001b[31m.weight", plan.Steps[0].Path);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_one_problem()
    {
        byte[] text = [.. """{"initdsl": 1, "rules": [["All", "Kee"""u8, 0xFF, 0xFE, .. "\"]]}"u8];
        Assert.Equal("1:34 $.rules[0]: this text is not valid Unicode.", Assert.Single(Assert.Throws<InitTextException>(() => RuleReader.Read(text, null)).Problems).ToString());
        byte[] name = [.. """{"initdsl": 1, "rules": [[{"Na"""u8, 0xFF, .. "\": 1}]]}"u8];
        Assert.Equal("1:28 $.rules[0][0]: this text is not valid Unicode.", Assert.Single(Assert.Throws<InitTextException>(() => RuleReader.Read(name, null)).Problems).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_of_two_bytes_a_character_is_told_so(bool bigEndian)
    {
        var encoding = new System.Text.UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] text = [.. encoding.Preamble, .. encoding.GetBytes("""{"initdsl": 1, "rules": []}""")];
        Assert.Equal("1:1 $: this is UTF-16. Save the file as UTF-8.", Assert.Single(Assert.Throws<InitTextException>(() => RuleReader.Read(text, null)).Problems).ToString());
    }

    private static InitTextException Refused(string text) => Assert.Throws<InitTextException>(() => RuleSet.Parse(text));

    private static void AssertPrintable(string text) =>
        Assert.DoesNotContain(text.ReplaceLineEndings(""), c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
