using System.Globalization;
using System.Text;

namespace InitDsl.Tests;

/// <summary>Plans as values.</summary>
public class PlanRecordTests
{
    private static readonly RuleSet Rules = When<FakeLinear>().Weight(Kaiming).Bias(Zeros) + When<FakeNorm>().Keep();

    [Fact]
    public void A_fingerprint_is_the_same_on_every_machine_and_in_every_version() =>
        Assert.StartsWith("e119eb1d470889a689e872b188aa6521c3ea5a95d451ddfd8c", Plan(Rules).Fingerprint, StringComparison.Ordinal);

    [Fact]
    public void Neither_culture_nor_thread_changes_text_or_fingerprint()
    {
        RuleSet rules = Rules + Named("fc").Weight(Normal(std: 0.02).Clamp(-1.5, double.PositiveInfinity)) + When<FakeLstm>().Rows(^4..).Weight(Const(-0.5));
        (string Rules, string Plan, string Diff) here = Texts();
        foreach (string culture in new[] { "de-DE", "tr-TR", "ar-SA", "fa-IR", "sv-SE" })
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = new(culture);
                Assert.Equal(here, Texts());
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }

        (string, string, string) Texts()
        {
            string text = rules.ToJson();
            Plan plan = Plan(RuleSet.Parse(text), -42);
            PlanRecord record = PlanRecord.Parse(plan.ToJson());
            Assert.Equal(plan.Fingerprint, record.Fingerprint);
            PlanDiff diff = record.Diff(Plan(Rules).Record());
            return (text, plan.ToJson(), diff + diff.ToJson());
        }
    }

    [Fact]
    public void Rules_that_win_nothing_do_not_change_a_fingerprint_and_all_else_does()
    {
        string Of(RuleSet rules, long seed = 42) => Plan(rules, seed).Fingerprint;
        string fingerprint = Of(Rules);
        Assert.Equal(fingerprint, Of(Named("norm").Weight(Ones) + Rules));
        Assert.Equal(fingerprint, Rules.Compile(RuleTexts.Model(reversed: true), 42).Fingerprint);
        Assert.NotEqual(fingerprint, Of(Rules, 43));
        Assert.NotEqual(fingerprint, Of(Rules + Named("fc").Weight(Kaiming).StreamAs("old")));
    }

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        PlanRecord record = Plan(Rules + When<FakeLstm>().Gate(Gate.Forget).Bias(Ones) + Named("fc").Weight(Kaiming.Clamp(-1, double.PositiveInfinity))).Record();
        PlanRecord back = PlanRecord.Parse(record.ToJson());
        Assert.Equal(record.ToJson(), back.ToJson());
        Assert.Equal(record.Fingerprint, back.Fingerprint);
        Assert.True(record.Diff(back).IsEmpty);
        Assert.Contains(back.Parameters, parameter => parameter.Path == "rnn.bias_ih_l0[8..16]");
    }

    [Fact]
    public void Plans_differ_in_their_fingerprints_where_they_differ_in_a_parameter()
    {
        Prop.ForAll(RuleTexts.Any, RuleTexts.Any, (first, second) =>
        {
            if (Compiled(first) is { } a && Compiled(second) is { } b)
            {
                PlanDiff diff = a.Diff(b);
                Assert.Equal(diff.IsEmpty, diff.Changes.Count == 0);
                Assert.Equal(diff.IsEmpty, a.Fingerprint == b.Fingerprint);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_difference_says_which_rule_law_and_stream_changed()
    {
        PlanDiff diff = Plan(Rules).Diff(Plan(Rules + Named("fc").Weight(Normal(std: 0.02)), seed: 43));
        Assert.Equal(["rule", "law", "stream"], diff.Changes.Single(change => change.Path == "fc.weight").What);
        Assert.Equal(["stream"], diff.Changes.Single(change => change.Path == "h.0.fc1.weight").What);
        Assert.Contains("seed 42 became 43", diff.ToString(), StringComparison.Ordinal);
        Assert.Contains("Named(\"fc\").Weight(Normal(0, 0.02))", diff.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"differs\": [\"rule\", \"law\", \"stream\"]", diff.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_are_new_or_gone_are_said()
    {
        var small = TestModel.Of(TestModel.Linear("fc", 4, 4));
        var large = TestModel.Of(TestModel.Linear("fc", 4, 4), TestModel.Linear("head", 2, 4, bias: false));
        RuleSet rules = All.Weight(Kaiming).Bias(Zeros);
        Assert.Equal(["added"], Assert.Single(rules.Compile(small).Diff(rules.Compile(large)).Changes).What);
        Assert.Equal(["removed"], Assert.Single(rules.Compile(large).Diff(rules.Compile(small)).Changes).What);
    }

    [Fact]
    public void Masks_and_given_values_count_by_their_numbers()
    {
        Plan With(params double[] values) => (Rules + Named("h.0.fc1").Bias(Values(values))).Compile(RuleTexts.Model());
        Assert.NotEqual(With(1, 2, 3, 4).Fingerprint, With(1, 3, 2, 4).Fingerprint);
        Assert.Equal(With(1, 2, 3, 4).Fingerprint, With(1, 2, 3, 4).Fingerprint);
    }

    [Fact]
    public void A_record_that_was_changed_or_cut_off_is_refused()
    {
        string text = Plan(Rules).ToJson();
        var changed = Assert.Throws<InitTextException>(() => PlanRecord.Parse(text.Replace("\"seed\": 42", "\"seed\": 43", StringComparison.Ordinal)));
        Assert.Contains("was changed after it was written", changed.Message, StringComparison.Ordinal);
        byte[] whole = Encoding.UTF8.GetBytes(text.TrimEnd());
        for (int length = 0; length < whole.Length; length += 7)
        {
            Assert.NotEmpty(Assert.Throws<InitTextException>(() => PlanReader.Read(whole[..length], null)).Problems);
        }
    }

    private static Plan Plan(RuleSet rules, long seed = 42) => rules.Compile(RuleTexts.Model(), seed);

    private static Plan? Compiled(RuleSet rules)
    {
        try
        {
            return rules.Compile(RuleTexts.Model());
        }
        catch (InitException)
        {
            return null;
        }
    }
}
