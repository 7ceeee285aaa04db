namespace InitDsl.Tests;

public class GlobTests
{
    [Theory]
    [InlineData("*.c_proj", "h.0.attn.c_proj", true)]
    [InlineData("*.c_proj", "c_proj", false)]
    [InlineData("*c_proj", "c_proj", true)]
    [InlineData("h.?.fc", "h.1.fc", true)]
    [InlineData("h.?.fc", "h.11.fc", false)]
    [InlineData("h.[0-3].fc", "h.2.fc", true)]
    [InlineData("h.[!0-3].fc", "h.2.fc", false)]
    [InlineData("h.[!0-3].fc", "h.4.fc", true)]
    [InlineData("{fc,proj}1", "proj1", true)]
    [InlineData("{fc,proj}1", "head1", false)]
    [InlineData("fc", "fc", true)]
    [InlineData("fc", "fc1", false)]
    [InlineData("fc", "afc", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("Fc", "fc", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a+b(c)$", "a+b(c)$", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[^a]", "^", true)]
    public void Patterns_match_whole_paths(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new Glob(pattern).Matches(text));

    [Theory]
    [InlineData("h.[0-3", "The pattern \"h.[0-3\" has a [ that no ] closes. Patterns know *, ?, [abc], [!abc] and {a,b}. (Parameter 'pattern')")]
    [InlineData("{a,b", "The pattern \"{a,b\" has a { that no } closes. Patterns know *, ?, [abc], [!abc] and {a,b}. (Parameter 'pattern')")]
    [InlineData("a}", "The pattern \"a}\" has a } that no { opens. Patterns know *, ?, [abc], [!abc] and {a,b}. (Parameter 'pattern')")]
    [InlineData("[b-a]", "The pattern \"[b-a]\" has a range whose ends are in the wrong order. Patterns know *, ?, [abc], [!abc] and {a,b}. (Parameter 'pattern')")]
    public void A_malformed_pattern_is_refused_when_it_is_written(string pattern, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Named(pattern)).Message);

    [Property]
    public void A_path_without_special_characters_matches_itself_alone(NonNull<string> path)
    {
        string plain = string.Concat(path.Get.Where(c => !"*?[]{},".Contains(c)));
        Assert.True(new Glob(plain).Matches(plain));
        Assert.False(new Glob(plain).Matches(plain + "x"));
    }

    [Property(MaxTest = 2000)]
    public void Patterns_mean_what_their_regular_expression_means(byte[] pattern, byte[] text)
    {
        static string From(string letters, byte[] bytes) => string.Concat(bytes.Select(b => letters[b % letters.Length]));
        string written = From("ab.**?[]!-{},", pattern);
        string path = From("aab.b-", text);
        Glob glob;
        try
        {
            glob = new(written);
        }
        catch (ArgumentException)
        {
            return;
        }

        Assert.Equal(glob.Whole.IsMatch(path), glob.Matches(path));
        Assert.Equal(glob.Whole.IsMatch("") || glob.Beneath.IsMatch(path), glob.MatchesAtOrAbove(path));
    }
}
