using System.Globalization;
using System.Text;

namespace InitDsl.Tests;

/// <summary>Plans as values.</summary>
public class PlanRecordTests
{
    private static readonly RuleSet Rules = When<FakeLinear>().Weight(Kaiming).Bias(Zeros) + When<FakeNorm>().Keep();

    [Fact]
    public void A_fingerprint_is_the_same_on_every_machine_and_in_every_version() =>
        Pinned("e119eb1d470889a689e872b188aa6521c3ea5a95d451ddfd8c", Plan(Rules));

    [Fact]
    public void Fingerprints_of_rows_digests_and_bounds_are_the_same_too() => Pinned(
        "9f878761513fbf67343b0532a5e40dfc140695403d4193da46",
        Plan(Rules + When<FakeLstm>().Weight(Orthogonal().PerBlock()).Bias(Zeros)
            + When<FakeLstm>().Gate(Gate.Forget).Bias(Ones)
            + When<FakeLstm>().Rows(^4..).Param("weight_hh*", Uniform(-0.5, 0.5))
            + Named("h.0.fc1").Bias(Values(new double[] { 1, 2, 3, 4 })).Weight(Normal(std: 0.02).Mask(new double[,] { { 1, 0, 1, 0 }, { 0, 1, 0, 1 }, { 1, 1, 0, 0 }, { 0, 0, 1, 1 } }))
            + When<FakeConv>().Weight(Kaiming.Clamp(-1, double.PositiveInfinity)).StreamAs("old/")));

    [Fact]
    public void Fingerprints_of_values_from_files_are_the_same_too()
    {
        using var folder = new WeightFolder();
        string path = folder.Write("w.safetensors", WeightFiles.Safetensors(Written.Counting("fc.weight", 12, 8), Written.Counting("h.0.fc1.bias", 4)));
        TestModel model = RuleTexts.Model();
        Pinned("b85849dd1fa8260661effda5b99195ca68051605e303963cd2", (Rules + FromStateDict(path, map: name => name, partial: true)).Compile(model));
    }

    [Fact]
    public void Fingerprints_with_PyTorchs_generator_are_the_same_too() => Pinned(
        "5f182d53ccc0ffc090236a2daaa5f514bd09b19514c65cd709",
        PlanCompiler.Compile(
            When<FakeLinear>().Weight(Kaiming).Bias(Zeros) + When<FakeConv>().Weight(Uniform(-1, 1)).Bias(Normal()) + When<FakeLstm>().Param("*_l0", TruncNormal()) + When<FakeLstm>().Gate(Gate.Forget).Bias(Ones)
                + Named("h.0.fc1").Weight(Sparse(0.5)),
            new TestModel([.. RuleTexts.Model().Stores.Cast<MemoryStore>()]) { Generator = seed => new CountingGenerator(seed) },
            RandomSource.Torch(7)));

    [Fact]
    public void Neither_culture_nor_thread_changes_text_or_fingerprint()
    {
        RuleSet rules = Rules + Named("fc").Weight(Normal(std: 0.02).Clamp(-1.5, double.PositiveInfinity)) + When<FakeLstm>().Rows(^4..).Weight(Const(-0.5));
        (string Rules, string Plan, string Diff) here = Texts();
        string[] cultures = ["de-DE", "tr-TR", "ar-SA", "fa-IR", "sv-SE"];
        var found = new (string, string, string)[cultures.Length];
        using var together = new Barrier(cultures.Length);
        Thread[] threads =
        [
            .. cultures.Select((culture, i) => new Thread(() =>
            {
                CultureInfo.CurrentCulture = new(culture);
                together.SignalAndWait();
                found[i] = Texts();
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(found, there => Assert.Equal(here, there));

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
    public void A_parameter_that_two_plans_give_other_values_is_among_the_differences()
    {
        int differing = 0;
        Prop.ForAll(RuleTexts.Any, RuleTexts.Any, ArbMap.Default.ArbFor<bool>(), (first, second, sameRules) =>
        {
            if (Compiled(first, 1) is not { } a || Compiled(sameRules ? first : second, sameRules ? 2 : 1) is not { } b)
            {
                return;
            }

            a.Apply();
            b.Apply();
            HashSet<string> told = [.. a.Diff(b).Changes.Select(change => change.Path.Split('[')[0])];
            foreach ((ParameterStore mine, ParameterStore its) in a.Model.Stores.Zip(b.Model.Stores))
            {
                bool same = ((MemoryStore)mine).Bytes.AsSpan().SequenceEqual(((MemoryStore)its).Bytes);
                Assert.True(same || told.Contains(mine.Spec.Path), mine.Spec.Path);
                differing += same ? 0 : 1;
            }

            Assert.True(a.Diff(Compiled(first, 1)!).IsEmpty);
        }).QuickCheckThrowOnFailure();
        Assert.NotEqual(0, differing);
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
        Assert.Equal("other", Assert.Throws<ArgumentNullException>(() => rules.Compile(small).Diff(null!)).ParamName);
    }

    [Fact]
    public void The_count_is_of_all_parameters_that_one_of_the_plans_has()
    {
        RuleSet rules = All.Weight(Kaiming).Bias(Zeros);
        Plan large = rules.Compile(TestModel.Of(TestModel.Linear("fc", 4, 4), TestModel.Linear("head", 2, 4)));
        Plan small = rules.Compile(TestModel.Of(TestModel.Linear("fc", 4, 4)));
        Assert.StartsWith("2 of 4 parameters differ", large.Diff(small).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 of 4 parameters differ", small.Diff(large).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_a_rule_of_their_own_are_no_parameters()
    {
        RuleSet rules = When<FakeLstm>().Weight(Kaiming).Bias(Zeros);
        Plan Of(RuleSet gates) => (rules + gates).Compile(TestModel.Of(TestModel.Lstm("rnn", 4, 8)));
        Plan open = Of(When<FakeLstm>().Gate(Gate.Forget).Bias(Ones));
        Assert.Equal(6, open.Record().Parameters.Count);
        Assert.StartsWith("the plans are the same: 4 parameters, seed ", open.Diff(open).ToString(), StringComparison.Ordinal);
        PlanDiff diff = open.Diff(Of(When<FakeLstm>().Gate(Gate.Forget).Bias(Const(2))));
        Assert.Contains("[", Assert.Single(diff.Changes, change => change.What.Contains("law")).Path, StringComparison.Ordinal);
        Assert.StartsWith("2 of 4 parameters differ", diff.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 of 4 parameters differ", open.Diff(Of(RuleSet.Empty)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_PyTorchs_generator_a_draw_moves_those_after_it()
    {
        Plan Of(long inputs, Init first) => PlanCompiler.Compile(
            Named("a").Weight(first) + Named("a").Bias(Zeros) + Named("b").Weight(Normal()).Bias(Zeros),
            new TestModel([.. TestModel.Linear("a", 4, inputs), .. TestModel.Linear("b", 4, 4)]) { Generator = seed => new CountingGenerator(seed) },
            RandomSource.Torch(1));

        IEnumerable<(string, string)> Changes(Plan other) =>
            Of(8, Normal()).Diff(other).Changes.Select(change => (change.Path, string.Join(' ', change.What)));

        Assert.Empty(Changes(Of(8, Normal())));
        Assert.Equal([("a.weight", "shape"), ("b.weight", "stream")], Changes(Of(16, Normal())));
        Assert.Equal([("a.weight", "rule law"), ("b.weight", "stream")], Changes(Of(8, Uniform(-1, 1))));
        Assert.Equal([("a.weight", "rule law"), ("b.weight", "stream")], Changes(Of(8, Sparse(0.5))));
        Assert.Equal([("a.weight", "rule law stream"), ("b.weight", "stream")], Changes(Of(8, Ones)));

        // What a draw is multiplied by does not move the generator.
        Assert.Equal([("a.weight", "rule law")], Changes(Of(8, Normal(std: 0.5))));
    }

    [Fact]
    public void Masks_and_given_values_count_by_their_numbers()
    {
        Plan With(params double[] values) => (Rules + Named("h.0.fc1").Bias(Values(values))).Compile(RuleTexts.Model());
        Assert.NotEqual(With(1, 2, 3, 4).Fingerprint, With(1, 3, 2, 4).Fingerprint);
        Assert.Equal(With(1, 2, 3, 4).Fingerprint, With(1, 2, 3, 4).Fingerprint);
    }

    [Theory]
    [InlineData("""{"initdsl": 1, "rules": []}""", "this is a rule file, not the record of a plan, which plan.ToJson() and initdsl explain --json write.")]
    [InlineData("[]", "the record of a plan is an object of ")]
    [InlineData("{}", "the record of a plan says its version, and 1 can be read here: \"initdslPlan\": 1.")]
    [InlineData("""{"initdslPlan": "1"}""", "the record of a plan says its version, and 1 can be read here")]
    [InlineData("""{"initdslPlan": 1, "model": ""}""", "\"model\" is empty.")]
    [InlineData("""{"initdslPlan": 1, "model": 7}""", "\"model\" is a text, not ")]
    [InlineData("""{"initdslPlan": 1, "source": "dice"}""", "random numbers come from \"Philox\" or \"Torch\", not \"dice\".")]
    [InlineData("""{"initdslPlan": 1, "seed": 1.5}""", "a seed is a whole number of 64 bits, not ")]
    [InlineData("""{"initdslPlan": 1, "seed": false}""", "\"seed\" is a whole number, not false.")]
    [InlineData("""{"initdslPlan": 1, "fingerprnt": "x"}""", "the record of a plan has no member \"fingerprnt\". Did you mean \"fingerprint\"?")]
    [InlineData("""{"initdslPlan": 1, "parameters": null}""", "\"parameters\" is an array, not null.")]
    [InlineData("""{"initdslPlan": 1, "parameters": [3]}""", "a parameter is an object of ")]
    [InlineData("""{"initdslPlan": 1, "parameters": [{"path": "a"}, {"path": "a"}]}""", "the parameter \"a\" stands here twice.")]
    [InlineData("""{"initdslPlan": 1, "parameters": [{"path": "a", "std": "wide"}]}""", "\"std\" is a number, not ")]
    public void Every_mistake_in_a_record_is_named(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InitTextException>(() => PlanRecord.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Equal_plans_and_records_from_files_have_their_texts()
    {
        Plan plan = Plan(Rules);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, plan.ToJson());
            PlanRecord record = PlanRecord.Load(path);
            Assert.Equal(plan.Fingerprint, record.Fingerprint);
            Assert.Equal($"TestModel, seed {plan.Seed}, {plan.Fingerprint}", record.ToString());
            PlanDiff diff = record.Diff(plan.Record());
            Assert.True(diff.IsEmpty);
            Assert.Equal($"the plans are the same: {record.Parameters.Count} parameters, seed {plan.Seed}, {plan.Fingerprint}", diff.ToString());
            Assert.Contains("\"same\": true", diff.ToJson(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_dtype_that_changed_is_said_and_one_parameter_is_one()
    {
        Plan Of(DType dtype, long seed) => All.Weight(Ones).Compile(new TestModel(TestModel.Tensor(new(2), dtype)), seed);
        PlanDiff diff = Of(DType.Float32, 1).Diff(Of(DType.Float16, 1));
        Assert.Equal(["dtype"], Assert.Single(diff.Changes).What);
        Assert.Matches(@"^1 of 1 parameter differs\r?\n[^§]*dtype +Float32 +Float16", diff.ToString());
        Assert.StartsWith("the plans are the same: 1 parameter, seed 1, ", Of(DType.Float32, 1).Diff(Of(DType.Float32, 1)).ToString(), StringComparison.Ordinal);
    }

    /// <summary>What PyTorch's generator gives a parameter depends on what was drawn before it: how many numbers, and of which kind.</summary>
    [Fact]
    public void A_padding_row_is_drawn_as_the_rest_and_a_law_of_its_own_kind_by_its_text()
    {
        string Second(Init first)
        {
            TestModel model = new([.. TestModel.Embedding("a", 4, 2, padding: 1), .. TestModel.Linear("b", 3, 3, bias: false)]) { Generator = seed => new CountingGenerator(seed) };
            return PlanCompiler.Compile(Named("a").Weight(first) + Named("b").Weight(Normal()), model, RandomSource.Torch(7)).Record().Parameters[1].Stream!;
        }

        Assert.Equal(Second(Normal()), Second(Normal(2, 3).ZeroPaddingRow()));
        Assert.NotEqual(Second(Normal()), Second(Uniform(0, 1)));
        Assert.Equal(3, new[] { Second(Normal()), Second(LogOfUniform(1, 2)), Second(LogOfUniform(1, 3)) }.Distinct().Count());
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

    private static void Pinned(string fingerprint, Plan plan) => Assert.StartsWith(fingerprint, plan.Fingerprint, StringComparison.Ordinal);

    private static Plan Plan(RuleSet rules, long seed = 42) => rules.Compile(RuleTexts.Model(), seed);

    private static Plan? Compiled(RuleSet rules, long seed = 42)
    {
        try
        {
            return rules.Compile(RuleTexts.Model(), seed);
        }
        catch (InitException)
        {
            return null;
        }
    }
}
