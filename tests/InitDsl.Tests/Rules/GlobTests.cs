using System.Text.RegularExpressions;

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
    [InlineData("[^a]", "b", false)]
    [InlineData("[!]]", "]", false)]
    [InlineData("[!]]", "a", true)]
    [InlineData("[!!]", "!", false)]
    [InlineData("[!a]", "!", true)]
    [InlineData("*", "a\nb", true)]
    [InlineData("[a!]", "!", true)]
    [InlineData("[a-c]", "a", true)]
    [InlineData("[a-c]", "c", true)]
    [InlineData("[a-c]", "d", false)]
    [InlineData("[a-c]", "-", false)]
    [InlineData("[a-a]", "a", true)]
    [InlineData("[ac-]", "-", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[a-cx-z]", "b", true)]
    [InlineData("[a-cx-z]", "y", true)]
    [InlineData("[a-cx-z]", "-", false)]
    [InlineData(@"[\]", @"\", true)]
    [InlineData("[[]", "[", true)]
    [InlineData("*[ab]", "xa", true)]
    [InlineData("*[ab]", "a", true)]
    [InlineData("*[ab]", "ax", false)]
    [InlineData("*[ab]x*", "cbx", true)]
    [InlineData("*[ab]x*", "cxb", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("a*b*c", "abc", true)]
    [InlineData("a*bb*c", "abc", false)]
    [InlineData("a*b*b*c", "abc", false)]
    [InlineData("a*b*b*c", "abbc", true)]
    [InlineData("{a,b{c,d}}e", "bde", true)]
    [InlineData("{a,b{c,d}}e", "be", false)]
    [InlineData("{,a}b", "b", true)]
    [InlineData("{}b", "b", true)]
    [InlineData("a,b", "a,b", true)]
    [InlineData("{*x,?}", "abx", true)]
    [InlineData("{*x,?}", "ab", false)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "abbaab", true)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "abbaabb", false)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "xabbaab", false)]
    [InlineData("{{a,b}{a,b}{a,b}{a,b}{a,b}{a,b},c}", "c", true)]
    [InlineData("{{a,b}{a,b}{a,b}{a,b}{a,b}{a,b},c}", "aaaaac", false)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}[!x].*\n", "abbaab..\n", true)]
    public void Patterns_match_whole_paths(string pattern, string text, bool matches) =>
        Assert.Equal((matches, matches), (new Glob(pattern).Matches(text), new Glob(pattern).Whole.IsMatch(text)));

    [Theory]
    [InlineData("", "a.b", true)]
    [InlineData("*", "a.b", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "a.b", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a", "b.a", false)]
    [InlineData("a", "", false)]
    [InlineData("a.b", "a.b.c", true)]
    [InlineData("a.b", "a.c", false)]
    [InlineData("a*", "ab.c", true)]
    [InlineData("*b", "ab.c", true)]
    [InlineData("*b", "abc", false)]
    [InlineData("*b", "abc.b.c", true)]
    [InlineData("*b", "bb.c", true)]
    [InlineData("*bb", "bbb.c", true)]
    [InlineData("a*c", "a.b.cc.d", true)]
    [InlineData("a*c", "a.b.cd.d", false)]
    [InlineData("a*x*c", "a.b.c", false)]
    [InlineData("a*x*c", "a.x.c.d", true)]
    [InlineData("a*x*", "a.x", true)]
    [InlineData("a*x*", "a.y", false)]
    [InlineData("a*c", "ab", false)]
    [InlineData("{a,b}", "b.c", true)]
    [InlineData("{a,b}", "c.b", false)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "aaaaaa.c", true)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "aaaaaac", false)]
    [InlineData("{,a}{,b}{,b}{,b}{,b}{,b}", "x.y", true)]
    public void Scopes_match_at_a_path_and_above(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new Glob(pattern).MatchesAtOrAbove(path));

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Braces_in_braces_have_a_limit(int depth, bool accepted)
    {
        string pattern = new string('{', depth) + "a" + new string('}', depth);
        if (accepted)
        {
            Assert.True(new Glob(pattern).Matches("a"));
        }
        else
        {
            Assert.Contains("has more than 32 braces in each other.", Assert.Throws<ArgumentException>(() => new Glob(pattern)).Message, StringComparison.Ordinal);
        }

        Assert.True(new Glob(string.Concat(Enumerable.Repeat("{a}", 40))).Matches(new string('a', 40)));
    }

    /// <summary>What backtracks may take forever.</summary>
    [Fact]
    public void Regular_expressions_do_not_backtrack() =>
        Assert.Equal(RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline, new Glob("a*").Whole.Options);

    [Fact]
    public void The_length_of_a_pattern_has_a_limit()
    {
        Assert.True(new Glob(new string('a', Glob.Longest)).Matches(new string('a', Glob.Longest)));
        Assert.Contains("has 3001 characters, more than 3000.", Assert.Throws<ArgumentException>(() => new Glob(new string('a', Glob.Longest + 1))).Message, StringComparison.Ordinal);
        Assert.Equal("pattern", Assert.Throws<ArgumentNullException>(() => new Glob(null!)).ParamName);
    }

    [Theory]
    [InlineData("h.[0-3", "a [ that no ] closes")]
    [InlineData("{a,b", "a { that no } closes")]
    [InlineData("a}", "a } that no { opens")]
    [InlineData("[", "a [ that no ] closes")]
    [InlineData("a[]", "a [ that no ] closes")]
    [InlineData("[!]", "a [ that no ] closes")]
    [InlineData("[!", "a [ that no ] closes")]
    [InlineData("{a}}", "a } that no { opens")]
    [InlineData("[ab-a]", "a range whose ends are in the wrong order")]
    [InlineData("[b-a]", "a range whose ends are in the wrong order")]
    public void A_malformed_pattern_is_refused_when_it_is_written(string pattern, string why) =>
        Assert.Equal(
            $"The pattern \"{pattern}\" has {why}. Patterns know *, ?, [abc], [!abc] and {{a,b}}. (Parameter 'pattern')",
            Assert.Throws<ArgumentException>(() => Named(pattern)).Message);

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
