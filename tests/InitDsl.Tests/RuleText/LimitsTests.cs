namespace InitDsl.Tests;

/// <summary>Text is written only where it would be read.</summary>
public class LimitsTests
{
    [Theory]
    [InlineData(197, true)]
    [InlineData(198, false)]
    [InlineData(500, false)]
    public void An_initializer_of_more_words_than_are_read_is_not_written(int combinators, bool written) =>
        Assert.Equal(written, IsWritten(All.Weight(Long(combinators))));

    [Theory]
    [InlineData(198, true)]
    [InlineData(199, false)]
    public void Each_word_of_a_rule_begins_to_count_anew(int combinators, bool written) =>
        Assert.Equal(written, IsWritten(All.Weight(Long(197)).Bias(Long(combinators))));

    [Theory]
    [InlineData(197, true)]
    [InlineData(198, false)]
    public void An_activation_is_no_word_to_count(int combinators, bool written) =>
        Assert.Equal(written, IsWritten(All.Weight(Enumerable.Range(0, combinators - 1).Aggregate(Kaiming.For(Activation.ReLU), (init, _) => init.Scale(0.5)))));

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void A_rule_of_more_words_than_are_read_is_not_written(int words, bool written)
    {
        Assert.Equal(written, IsWritten(Words(words)));
        Assert.Equal(written, IsWritten(Words(words - 1).AsOptional()));

        static Rule Words(int words)
        {
            Rule rule = All.Param("0", Zeros);
            for (int i = 1; i < words; i++)
            {
                rule = rule.Param($"{i}", Zeros);
            }

            return rule;
        }
    }

    [Fact]
    public void The_error_says_which_limit_it_is()
    {
        string message = Assert.Throws<NotSupportedException>((All.Bias(Zeros) + All.Weight(Long(300))).ToJson).Message;
        Assert.StartsWith("A rule cannot be written as text:\n  #2 All.Weight(Normal(0, 1).Clamp(", message, StringComparison.Ordinal);
        Assert.EndsWith(": an initializer or selector has at most 200 words.", message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 100)]
    public void What_is_written_is_read(NonNegativeInt first, NonNegativeInt second, NonNegativeInt third)
    {
        Init blended = Long(first.Get * 7 % 120).Blend(Long(second.Get * 7 % 120), 0.5);
        IsWritten(All.Weight(blended).Bias(Long(third.Get * 7 % 220)));
    }

    /// <summary>Whether it is written; what is must be read again as the same.</summary>
    private static bool IsWritten(RuleSet rules)
    {
        string text;
        try
        {
            text = rules.ToJson();
        }
        catch (NotSupportedException)
        {
            return false;
        }

        Assert.Equal(text, RuleSet.Parse(text).ToJson());
        return true;
    }

    private static Init Long(int combinators)
    {
        Init init = Normal();
        for (int i = 0; i < combinators; i++)
        {
            init = i % 2 == 0 ? init.Clamp(-1, 1 + i) : init.Scale(0.5);
        }

        return init;
    }
}
