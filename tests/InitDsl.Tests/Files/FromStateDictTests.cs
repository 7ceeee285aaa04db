using static InitDsl.Tests.WeightFiles;

namespace InitDsl.Tests;

public sealed class FromStateDictTests : IDisposable
{
    private static readonly RuleSet Before = When<FakeLinear>().Weight(Kaiming).Bias(Const(8));
    private readonly WeightFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_file_lacks_falls_to_the_rules_before()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        Plan plan = (Before + FromStateDict(File(Written.Counting("fc.weight", 2, 3)), partial: true)).Compile(model);
        plan.Apply();
        Assert.Equal([1, 2, 3, 4, 5, 6], model["fc.weight"].Floats);
        Assert.Equal([8, 8], model["fc.bias"].Floats);
        Assert.Same(plan.Rules.Rules[1], plan.Steps[0].Rule);
        Assert.Same(plan.Rules.Rules[0], Assert.Single(plan.Steps[0].Shadowed));
        Assert.Same(plan.Rules.Rules[0], plan.Steps[1].Rule);
        Assert.True(plan.Verify().Passed);
    }

    [Fact]
    public void The_values_of_a_file_name_it_once_it_is_opened()
    {
        string path = File(Written.Counting("fc.weight", 2, 3));
        var rule = (Rule)FromStateDict(path);
        using StateDictFile file = StateDictFile.Open(rule.StateDict!);
        Assert.Equal("FromStateDict(\"…\")", $"{rule.Clauses[0].Init}");
        Assert.Equal($"{FromStateDict(path)}", $"{new StateDictInit(BoundStateDict.Of(rule, rule.StateDict!, file, [], []))}");
    }

    [Fact]
    public void What_stands_by_for_a_partial_file_that_has_all_is_not_warned_of()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2));
        string[] Lost(RuleSet rules) =>
            [.. rules.Compile(model).Diagnostics.Where(found => found.Code == "INIT102").Select(found => found.Message.Split(" has no effect")[0])];
        RuleSet file = FromStateDict(path, partial: true);
        Rule general = All.Weight(Kaiming).Bias(Zeros);
        Rule exception = Named("fc").Weight(Xavier);
        Assert.Empty(Lost(general + file));
        Assert.Empty(Lost(general + exception + file));                               // the general one for the bias
        Assert.Empty(Lost(general + file + FromStateDict(path, partial: true, map: name => name)));
        Assert.Empty(Lost(general + All.Rows(0..1).Weight(Ones) + file));

        // Where the file must have all, or other rules win, what comes before has no effect.
        Assert.Equal([general.ToString()], Lost(general + FromStateDict(path)));
        Assert.Equal([general.ToString()], Lost(general + All.Weight(Ones).Bias(Ones) + file));
        Assert.Equal([general.ToString(), file.ToString()], Lost(general + file + All.Weight(Normal()).Bias(Ones)));
    }

    [Fact]
    public void What_no_rule_matches_either_stays_as_it_is()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        Plan plan = FromStateDict(File(Written.Counting("fc.weight", 2, 3)), partial: true).Compile(model);
        Assert.Equal("fc.bias", Assert.Single(plan.Untouched).Path);
    }

    [Fact]
    public void Without_partial_all_that_is_missing_is_an_error_at_once()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 2, 3), TestModel.Linear("b", 2, 3));
        var refused = Assert.Throws<InitException>(() => (Before + FromStateDict(File(Written.Counting("a.weight", 2, 3)))).Compile(model));
        Assert.Equal(
            [("INIT014", "a.bias"), ("INIT014", "b.weight"), ("INIT014", "b.bias")],
            refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => (found.Code, found.Path!)));
        Assert.Contains("a.bias [2], b.weight [2, 3], b.bias [2] (3 alike) of FakeLinear: the file has no tensor of this name.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_later_rule_wins_need_be_in_no_file()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 2, 3), TestModel.Linear("head", 2, 3));
        RuleSet file = FromStateDict(File(Written.Counting("a.weight", 2, 3), Written.Counting("a.bias", 2), Written.Counting("head.weight", 5, 3)));
        model.Initialize(file + Named("head").Weight(Const(7)).Bias(Const(8)));
        Assert.All(model["head.weight"].Floats, value => Assert.Equal(7, value));
        (file + Named("head").Keep()).Compile(model);
        Assert.Throws<InitException>(() => (Named("head").Keep() + file).Compile(model));
    }

    [Fact]
    public void Rows_of_a_later_rule_lie_over_the_files_values()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 3, 2, bias: false));
        Plan plan = (FromStateDict(File(Written.Counting("fc.weight", 3, 2))) + Named("fc").Rows(1, 2).Weight(Const(9))).Compile(model);
        plan.Apply();
        Assert.Equal([1, 2, 9, 9, 5, 6], model["fc.weight"].Floats);
        Assert.True(plan.Verify().Passed);
        Assert.Throws<InitException>(() =>
            (FromStateDict(File(Written.Counting("x", 3, 2))) + Named("fc").Rows(1, 2).Weight(Const(9))).Compile(model));
        (FromStateDict(File(Written.Counting("x", 3, 2))) + Named("fc").Rows(0, 3).Weight(Const(9))).Compile(model);
    }

    [Fact]
    public void Rows_of_rules_before_the_file_and_rows_that_there_are_not_do_not_make_up_for_what_it_lacks()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 3, 2, bias: false));
        RuleSet file = FromStateDict(File(Written.Counting("x", 3, 2)));
        Assert.Equal("INIT014", Errors(Named("fc").Rows(0, 3).Weight(Const(9)) + file));
        Assert.Equal("INIT001 INIT014", Errors(file + Named("fc").Rows(0, 9).Weight(Const(9))));

        // Nor does it when there are no rows at all.
        model = TestModel.Of(TestModel.Linear("fc", 0, 2, bias: false));
        Assert.Equal("INIT014", Errors(file));

        string Errors(RuleSet rules) =>
            string.Join(' ', Assert.Throws<InitException>(() => rules.Compile(model)).Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => found.Code).Order());
    }

    [Fact]
    public void A_scalar_that_the_file_lacks_has_no_rows_that_make_up_for_it()
    {
        var refused = Assert.Throws<InitException>(
            () => (FromStateDict(File(Written.Counting("x", 3, 2))) + All.Rows(0, 1).Weight(Const(9))).Compile(new TestModel(TestModel.Tensor(new()))));
        Assert.Equal(["INIT001", "INIT014"], refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => found.Code).Order());
    }

    [Fact]
    public void Buffers_are_asked_for_only_where_a_rule_is_about_a_file()
    {
        var model = new SecretBuffers();
        PlanCompiler.Compile(All.Weight(Ones), model, RandomSource.Philox(1));
        Assert.Throws<NotSupportedException>(() => PlanCompiler.Compile(FromStateDict(File(Written.Counting("w", 2))), model, RandomSource.Philox(1)));
    }

    private sealed class SecretBuffers : ModelParameters
    {
        public override string Name => "SecretBuffers";

        public override IReadOnlyList<ParameterStore> Stores { get; } = [TestModel.Tensor(new(2))];

        public override IReadOnlyList<ParameterStore> Buffers => throw new NotSupportedException();
    }

    [Fact]
    public void Every_wrong_shape_is_told_at_once_with_what_to_write_instead()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 3, 2), Written.Counting("fc.bias", 4));
        var refused = Assert.Throws<InitException>(() => model.Initialize(Before + FromStateDict(path)));
        Assert.Equal(
            $"""
            2 errors; nothing was changed.
              INIT001 fc.weight [2, 3] of FakeLinear: "fc.weight" of w.safetensors (byte 9) has the shape [3, 2], which is not the parameter's. Rule: FromStateDict({Code.Quote(path)}). It looks transposed, as GPT-2's Conv1D weights are: write the file again with it turned, or leave the tensor out (map: name => … null, partial: true) and let a rule before it decide.
              INIT001 fc.bias [2] of FakeLinear: "fc.bias" of w.safetensors (byte 73) has the shape [4], which is not the parameter's. Rule: FromStateDict({Code.Quote(path)}). Build the model with the file's sizes, or leave the tensor out (map: name => … null, partial: true) and let a rule before it decide.
            """.ReplaceLineEndings(),
            refused.Message);
        Assert.All(model["fc.weight"].Bytes, old => Assert.Equal(MemoryStore.OldByte, old));
    }

    [Theory]
    [InlineData("[3, 2]", "[2, 3]", "It looks transposed, as GPT-2's Conv1D weights are: write the file again with it turned, or leave")]
    [InlineData("[6, 1]", "[2, 3]", "Write the file again with it as [2, 3], or leave")]
    [InlineData("[3, 2, 4]", "[4, 2, 3]", "Write the file again with it as [4, 2, 3], or leave")]
    [InlineData("[5, 3]", "[2, 3]", "Build the model with the file's sizes, or leave")]
    [InlineData("[2, 3, 1, 2]", "[2, 3]", "Build the model with the file's sizes, or leave")]
    public void What_to_do_about_a_shape_depends_on_how_it_differs(string stored, string wanted, string advice)
    {
        long[] Sizes(string shape) => [.. shape.Trim('[', ']').Split(", ").Select(long.Parse)];
        RuleSet rules = FromStateDict(File(Written.Counting("w", Sizes(stored))));
        Assert.Contains($". {advice} the tensor out", Compiling.Refused(rules, new(TestModel.Tensor(new(Sizes(wanted))))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9007199254740991, true)]
    [InlineData(9007199254740992, false)]
    [InlineData(-9007199254740991, true)]
    [InlineData(-9007199254740992, false)]
    public void Whole_numbers_are_taken_as_far_as_all_of_them_are_held_exactly(long value, bool taken)
    {
        var model = new TestModel(TestModel.Tensor(new(3), DType.Float64));
        RuleSet rules = FromStateDict(File(Written.Of("w", "I64", 0, value, 1)));
        if (taken)
        {
            model.Initialize(rules);
            Assert.Equal([0, value, 1], model["w"].Doubles);
        }
        else
        {
            Assert.Contains("holds whole numbers that Float64 does not hold exactly. ", Compiling.Refused(rules, model).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_map_leads_from_the_files_names_to_the_models()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        Plan plan = FromStateDict(
            File(Written.Counting("old.w", 2, 3), Written.Counting("old.b", 2), Written.Counting("step", 1)),
            map: name => name == "step" ? null : name.Replace("old.w", "fc.weight", StringComparison.Ordinal).Replace("old.b", "fc.bias", StringComparison.Ordinal)).Compile(model);
        plan.Apply();
        Assert.Equal([1, 2], model["fc.bias"].Floats);
        Assert.Empty(plan.Diagnostics);
        Assert.Equal("w.safetensors[\"old.w\"]", plan.Steps[0].Law.ToString());
        Assert.Equal("old.w", Assert.IsType<FileLaw>(plan.Steps[0].Law).TensorName);
    }

    [Fact]
    public void A_map_that_fails_or_takes_two_names_to_one_is_an_error()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("a", 2, 3), Written.Counting("b", 2, 3));
        string Message(Func<string, string?> map) =>
            Assert.Single(Assert.Throws<InitException>(() => FromStateDict(path, map).Compile(model)).Diagnostics, found => found.Severity == Severity.Error).Message;
        Assert.StartsWith(
            "the function given to map failed with FormatException for \"a\" of the file: no. Rule: FromStateDict(",
            Message(_ => throw new FormatException("no")),
            StringComparison.Ordinal);
        Assert.StartsWith("the map takes \"a\" and \"b\" of the file both to \"fc.weight\".", Message(_ => "fc.weight"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_nobody_takes_are_a_warning()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2), Written.Counting("optimizer.step", 1));
        Diagnostic warning = Assert.Single(FromStateDict(path).Compile(model).Diagnostics);
        Assert.Equal(("INIT108", Severity.Warning), (warning.Code, warning.Severity));
        Assert.StartsWith("1 of 3 tensors of the file match nothing in the model: optimizer.step.", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_other_names_matches_nothing_and_both_are_told()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("model.fc.weight", 2, 3));
        Diagnostic warning = Assert.Single(
            (Before + FromStateDict(path, partial: true)).Compile(model).Diagnostics, found => found.Severity == Severity.Warning);
        Assert.Equal("INIT101", warning.Code);
        Assert.EndsWith(
            "matches no parameter. The file has model.fc.weight; the model has fc.weight, fc.bias. Give it a map from the file's names to the model's.",
            warning.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "nothing")]
    [InlineData(4, "x.0, x.1, x.2, x.3")]
    [InlineData(5, "x.0, x.1, x.2, x.3, …")]
    public void Of_a_file_of_other_names_the_first_four_are_told(int tensors, string told)
    {
        string path = File([.. Enumerable.Range(0, tensors).Select(i => Written.Counting($"x.{i}", 2))]);
        Plan plan = (Before + FromStateDict(path, partial: true)).Compile(TestModel.Of(TestModel.Linear("fc", 2, 3)));
        Assert.Contains($" The file has {told}; the model has fc.weight, fc.bias. ", Assert.Single(plan.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_keeps_it_to_a_part_of_the_model()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 2, 3), TestModel.Linear("b", 2, 3));
        string path = File(Written.Counting("a.weight", 2, 3), Written.Counting("a.bias", 2), Written.Counting("b.weight", 2, 3));
        Plan plan = (Before + FromStateDict(path).In("a")).Compile(model);
        Assert.Equal([1, 1, 0, 0], plan.Steps.Select(step => step.Rule == plan.Rules.Rules[1] ? 1 : 0));
        Assert.Equal($"FromStateDict({Code.Quote(path)}).In(\"a\")", plan.Rules.Rules[1].ToString());
        Assert.Empty(plan.Diagnostics);
    }

    [Fact]
    public void A_scope_that_is_nowhere_is_told()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 2, 3));
        Plan plan = (Before + FromStateDict(File(Written.Counting("b.weight", 2, 3))).In("b")).Compile(model);
        Assert.EndsWith("matches no parameter. In(…) selects nothing in this model.", Assert.Single(plan.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_file_finds_weights_beside_itself_and_tells_the_same_plan_in_every_folder()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 1, 2));
        byte[] weights = Safetensors(Written.Counting("fc.weight", 1, 2), Written.Counting("fc.bias", 1));
        RuleSet Write(string name)
        {
            Directory.CreateDirectory(folder[name]);
            folder.Write($"{name}/w.safetensors", weights);
            return RuleSet.Load(folder.Write($"{name}/rules.json", """{ "initdsl": 1, "rules": [[{ "FromStateDict": "w.safetensors" }, { "In": "*" }]] }"""));
        }

        (RuleSet here, RuleSet there) = (Write("here"), Write("there"));
        Plan plan = here.Compile(model, 1);
        plan.Apply();
        Assert.Equal([1, 2], model["fc.weight"].Floats);
        Assert.Equal(folder["here/w.safetensors"], Assert.IsType<FileLaw>(plan.Steps[0].Law).File);
        Assert.Equal(plan.Fingerprint, there.Compile(model, 1).Fingerprint);
        Assert.Equal(plan.Fingerprint, FromStateDict(folder["here/w.safetensors"]).In("*").Compile(model, 1).Fingerprint);
        Assert.Contains("\"FromStateDict\": \"w.safetensors\"", here.ToJson(), StringComparison.Ordinal);
        Assert.Equal(plan.Fingerprint, RuleSet.Load(folder.Write("here/again.json", here.ToJson())).Compile(model, 1).Fingerprint);

        folder.Write("there/w.safetensors", Safetensors(Written.Counting("fc.weight", 1, 2), Written.Floats("fc.bias", [1], 9)));
        PlanDiff diff = plan.Diff(there.Compile(model, 1));
        Assert.Equal(["law"], Assert.Single(diff.Changes).What);
        Assert.Equal("fc.bias", diff.Changes[0].Path);
    }

    [Fact]
    public void Of_two_files_the_later_wins()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 1, 2));
        string first = File("a.safetensors", Written.Counting("fc.weight", 1, 2), Written.Counting("fc.bias", 1));
        string second = File("b.safetensors", Written.Floats("fc.bias", [1], 5));
        model.Initialize(FromStateDict(first) + FromStateDict(second, partial: true));
        Assert.Equal([1, 2], model["fc.weight"].Floats);
        Assert.Equal([5], model["fc.bias"].Floats);
    }

    [Fact]
    public void One_name_of_a_tied_parameter_is_enough_whatever_rules_come_before()
    {
        foreach (string name in new[] { "emb.weight", "head.weight" })
        {
            TestModel model = Tied();
            Plan plan = (When<FakeEmbedding>().Weight(Const(1)) + When<FakeLinear>().Weight(Const(2))
                + FromStateDict(File(Written.Counting(name, 3, 2)))).Compile(model);
            plan.Apply();
            Assert.Equal([1, 2, 3, 4, 5, 6], model["emb.weight"].Floats);
            Assert.Equal($"w.safetensors[\"{name}\"]", Assert.Single(plan.Steps).Law.ToString());
        }
    }

    [Fact]
    public void Both_names_of_a_tied_parameter_must_have_the_same_values()
    {
        TestModel model = Tied();
        model.Initialize(FromStateDict(File(Written.Counting("emb.weight", 3, 2), Written.Counting("head.weight", 3, 2))));
        Assert.Equal([1, 2, 3, 4, 5, 6], model["emb.weight"].Floats);

        string path = File(Written.Counting("emb.weight", 3, 2), Written.Floats("head.weight", [3, 2], 1, 2, 3, 4, 5, 7));
        Diagnostic error = Assert.Single(Assert.Throws<InitException>(() => FromStateDict(path).Compile(model)).Diagnostics);
        Assert.Equal(("INIT002", "emb.weight"), (error.Code, error.Path));
        Assert.Contains("shared with head.weight, and the file has different values for the two names", error.Message, StringComparison.Ordinal);
        FromStateDict(path, map: name => name == "head.weight" ? null : name).Compile(model);
    }

    [Fact]
    public void Buffers_get_values_from_files_and_from_nothing_else()
    {
        TestModel model = TestModel.Of(TestModel.Norm("bn", 2));
        model.Statistics.Add(Buffer("bn", "running_mean", new(2), DType.Float32));
        model.Statistics.Add(Buffer("bn", "num_batches_tracked", new(), DType.Int64));
        RuleSet ones = All.Weight(Ones).Bias(Ones) + All.Param("*", Ones);
        Assert.Equal(2, ones.Compile(model).Steps.Count);

        Written[] tensors = [Written.Floats("bn.running_mean", [2], 3, 4), Written.Of("bn.num_batches_tracked", "I64", 12345678901L) with { Shape = [] }];
        Plan plan = (ones + FromStateDict(File(tensors), partial: true)).Compile(model);
        plan.Apply();
        Assert.Equal([3, 4], model.Statistics[0].Floats);
        Assert.Equal([12345678901], model.Statistics[1].Doubles);
        Assert.True(plan.Verify().Passed);
        Assert.StartsWith("TestModel: 2 parameters, 2 buffers, 7 values", plan.Explain(), StringComparison.Ordinal);
        Plan first = (ones + FromStateDict(File(tensors[0]), partial: true)).Compile(model);
        Assert.StartsWith("TestModel: 2 parameters, 1 buffer, 6 values", first.Explain(), StringComparison.Ordinal);

        Assert.Equal(2, (FromStateDict(File(tensors), partial: true) + ones + Named("bn").Keep()).Compile(model).Untouched.Count);
        var refused = Assert.Throws<InitException>(() => (ones + FromStateDict(File(tensors[0]))).Compile(model));
        Assert.Equal(["bn.weight", "bn.bias", "bn.num_batches_tracked"], refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => found.Path));
    }

    [Theory]
    [InlineData(float.NegativeInfinity, DType.Float32)]
    [InlineData(float.PositiveInfinity, DType.Float16)]
    [InlineData(float.NaN, DType.Float32)]
    [InlineData(float.NaN, DType.BFloat16)]
    public void Buffers_may_hold_infinities_and_NaN(float value, DType dtype)
    {
        TestModel model = TestModel.Of();
        model.Statistics.Add(Buffer("attention", "mask", new(3), dtype));
        Plan plan = FromStateDict(File(Written.Floats("attention.mask", [3], 0, value, 2))).Compile(model);
        Assert.Empty(plan.Diagnostics);
        plan.Apply();
        Assert.Equal([0, value, 2], model.Statistics[0].Doubles);
        Assert.True(plan.Verify().Passed);
        Assert.Contains("attention.mask", plan.Explain(), StringComparison.Ordinal);
        Assert.Equal(plan.Fingerprint, PlanRecord.Parse(plan.ToJson()).Fingerprint);

        model.Statistics[0].Write((_, run) => run[^1] ^= 1);
        Assert.False(plan.Verify().Passed);
    }

    [Fact]
    public void What_a_dtype_cannot_hold_is_refused_of_buffers_too()
    {
        void Refuse(string what, DType dtype, params float[] values)
        {
            TestModel model = TestModel.Of();
            model.Statistics.Add(Buffer("attention", "mask", new(values.Length), dtype));
            Diagnostic error = Assert.Single(Assert.Throws<InitException>(() => FromStateDict(File(Written.Floats("attention.mask", [values.Length], values))).Compile(model)).Diagnostics);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }

        Refuse("leaves the range of Float16", DType.Float16, 0, float.NaN, 70000, float.NegativeInfinity);
        Refuse("leaves the range of Float16", DType.Float16, -70000, float.PositiveInfinity);
        Refuse("does not give whole numbers", DType.Int64, 0, float.PositiveInfinity);
        Refuse("does not give whole numbers", DType.Int64, float.NaN);
    }

    [Fact]
    public void An_explanation_folds_repeated_blocks_and_says_where_values_come_from()
    {
        TestModel model = TestModel.Of([.. Enumerable.Range(0, 3).Select(i => TestModel.Linear($"h.{i}", 1, 2, bias: false))]);
        string path = File([.. Enumerable.Range(0, 3).Select(i => Written.Floats($"h.{i}.weight", [1, 2], i, -i))]);
        Plan plan = FromStateDict(path).Compile(model);
        Assert.Contains("h.[0-2].weight", plan.Explain(), StringComparison.Ordinal);
        Assert.Contains("w.safetensors[\"h.[0-2].weight\"]     0  1.291   -2    2", plan.Explain(), StringComparison.Ordinal);
        Assert.Contains("w.safetensors[\"h.1.weight\"]     0    1   -1    1", plan.Explain(fold: false), StringComparison.Ordinal);
        Assert.Contains("w.safetensors[\"h.[0-2].weight\"]", plan.Apply().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_holds_is_not_warned_of_as_what_a_rule_writes()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3, bias: false), TestModel.Embedding("emb", 3, 2, padding: 0));
        Plan plan = FromStateDict(File(Written.Floats("fc.weight", [2, 3], 0, 0, 0, 0, 0, 0), Written.Counting("emb.weight", 3, 2))).Compile(model);
        Assert.Empty(plan.Diagnostics);
    }

    [Fact]
    public void A_file_that_cannot_be_read_hides_no_other_error_and_makes_none()
    {
        TestModel model = TestModel.Of(TestModel.GroupNorm("gn", 2), TestModel.Linear("fc", 2, 3));
        var refused = Assert.Throws<InitException>(() =>
            (FromStateDict(folder["none.dat"]) + When<FakeLinear>().Bias(Xavier)).Compile(model));
        Assert.Equal(["INIT001", "INIT013"], refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => found.Code).Order());
    }

    [Fact]
    public void A_file_that_changes_after_the_compile_is_refused_before_anything_is_written()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2));
        Plan plan = FromStateDict(path).Compile(model);
        File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2), Written.Counting("more", 1));
        var refused = Assert.Throws<InitException>(() => plan.Apply());
        Assert.StartsWith($"{path}: it has changed since the plan was compiled. Compile a new plan.", Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Throws<InitException>(() => plan.Verify());
        System.IO.File.Delete(path);
        Assert.Throws<InitException>(() => plan.Apply());
        Assert.All(model["fc.weight"].Bytes, old => Assert.Equal(MemoryStore.OldByte, old));
    }

    [Fact]
    public void A_plan_can_be_told_and_compared_when_its_file_is_another_or_gone()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2));
        Plan plan = FromStateDict(path).Compile(model);
        Plan same = FromStateDict(path).Compile(model);
        (string Fingerprint, string Json, string Table) told = Told();
        File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2), Written.Counting("more", 1));
        Assert.Equal(told, Told());
        System.IO.File.Delete(path);
        Assert.Equal(told, Told());
        Assert.True(plan.Diff(same).IsEmpty);
        Assert.Equal(plan.Steps[0].Law, same.Steps[0].Law);
        Assert.NotEqual(plan.Steps[0].Law, plan.Steps[1].Law);

        (string, string, string) Told() => (plan.Fingerprint, plan.ToJson(), plan.Explain());
    }

    [Fact]
    public void Laws_of_files_are_equal_where_the_values_are()
    {
        Law Of(string name, params float[] values)
        {
            string path = File(name, Written.Floats("fc.weight", [2, 3], values));
            return FromStateDict(path).Compile(TestModel.Of(TestModel.Linear("fc", 2, 3, bias: false))).Steps[0].Law;
        }

        Assert.Equal(Of("a.safetensors", 1, 2, 3, 4, 5, 6), Of("b.safetensors", 1, 2, 3, 4, 5, 6));
        Assert.NotEqual(Of("a.safetensors", 1, 2, 3, 4, 5, 6), Of("b.safetensors", 2, 1, 3, 4, 5, 6));
    }

    [Fact]
    public void A_file_that_is_cut_off_while_a_plan_is_compiled_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody write to a file that is being read.");
        TestModel model = TestModel.Of(TestModel.Linear("fc", 200, 300), TestModel.Linear("head", 2, 3));
        string path = File(
            Written.Counting("fc.weight", 200, 300), Written.Counting("fc.bias", 200), Written.Counting("head.weight", 2, 3), Written.Counting("head.bias", 2));
        RuleSet rules = FromStateDict(path, map: name =>
        {
            Cut(path, 500);
            return name;
        });
        var refused = Assert.Throws<InitException>(() => model.Initialize(rules));
        Diagnostic error = Assert.Single(refused.Diagnostics);
        Assert.Equal("INIT013", error.Code);
        Assert.Contains("the file has been cut off since it was opened", error.Message, StringComparison.Ordinal);
        Assert.All(model["head.weight"].Bytes, old => Assert.Equal(MemoryStore.OldByte, old));
    }

    [Fact]
    public void A_file_that_is_cut_off_while_names_of_one_parameter_are_compared_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody write to a file that is being read.");
        string path = File(Written.Counting("emb.weight", 3, 2), Written.Counting("head.weight", 3, 2));
        long left = new FileInfo(path).Length - 40;
        RuleSet rules = FromStateDict(path, map: name =>
        {
            Cut(path, left);
            return name;
        });
        Assert.Equal("INIT013", Assert.Single(Assert.Throws<InitException>(() => rules.Compile(Tied())).Diagnostics).Code);
    }

    /// <summary>Nobody takes the values then; that they could not be read is told all the same.</summary>
    [Fact]
    public void A_file_that_is_cut_off_while_names_are_compared_is_an_error_whoever_wins_the_parameter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody write to a file that is being read.");
        string path = File(Written.Counting("emb.weight", 3, 2), Written.Counting("head.weight", 3, 2));
        RuleSet rules = FromStateDict(path, map: name =>
        {
            Cut(path, 100);
            return name;
        });
        Assert.Equal("INIT013", Compiling.Refused(rules + All.Weight(Ones), Tied()).Diagnostics[0].Code);
    }

    [Fact]
    public void A_file_that_is_cut_off_while_rules_are_asked_is_one_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody write to a file that is being read.");
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2));
        RuleSet rules = FromStateDict(path) + Where(_ =>
        {
            Cut(path, 50);
            return false;
        }).Weight(Ones);
        InitException refused = Compiling.Refused(rules, TestModel.Of(TestModel.Linear("fc", 2, 3)));
        Assert.Equal("INIT013", Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error).Code);
    }

    [Fact]
    public void A_file_that_is_cut_off_while_values_are_written_ends_the_apply_and_nothing_else()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody write to a file that is being read.");
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2));
        Plan plan = FromStateDict(path).Compile(model);
        model["fc.weight"].BeforeRun = () => Cut(path, 50);
        Exception failed = Assert.Throws<ApplyFailedException>(() => plan.Apply());
        Assert.Contains("the file has been cut off since it was opened", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_holds_the_file_between_compile_and_apply()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 3));
        string path = File(Written.Counting("fc.weight", 2, 3), Written.Counting("fc.bias", 2));
        Plan plan = FromStateDict(path).Compile(model);
        System.IO.File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        plan.Apply();
        System.IO.File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Fact]
    public void Where_one_of_two_files_is_gone_the_other_is_not_held()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 2, 3), TestModel.Linear("b", 2, 3));
        string first = File("a.safetensors", Written.Counting("a.weight", 2, 3), Written.Counting("a.bias", 2));
        string second = File("b.safetensors", Written.Counting("b.weight", 2, 3), Written.Counting("b.bias", 2));
        Plan plan = (FromStateDict(first).In("a") + FromStateDict(second).In("b")).Compile(model);
        System.IO.File.Delete(second);
        Assert.Single(Assert.Throws<InitException>(() => plan.Apply()).Diagnostics);
        System.IO.File.Open(first, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Property(MaxTest = 30)]
    public void Large_tensors_come_whole_on_any_number_of_threads(PositiveInt seed, bool narrow)
    {
        int rows = 300 + (seed.Get % 100);
        float[] values = [.. Enumerable.Range(0, rows * 401).Select(i => (float)Math.Sin(i * seed.Get))];
        MemoryStore store = TestModel.Tensor(new(rows, 401), narrow ? DType.BFloat16 : DType.Float32);
        Plan plan = FromStateDict(File(Written.Floats("w", [rows, 401], values))).Compile(new TestModel(store));
        Assert.Equal(values.Min(), plan.Steps[0].Law.Min);
        Assert.Equal(values.Average(value => (double)value), plan.Steps[0].Law.Mean, 1e-7);
        plan.Apply(1 + (seed.Get % 4));
        Assert.Equal(values.Select(value => Precision.Round(store.Spec.DType, value)), store.Doubles);
        Assert.True(plan.Verify().Passed);
    }

    /// <summary>As a program does that writes the file anew: it is the same file, and shorter at once.</summary>
    private static void Cut(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(Math.Min(file.Length, length));
    }

    private static TestModel Tied()
    {
        MemoryStore table = TestModel.Embedding("emb", 3, 2)[0];
        return new(new MemoryStore(table.Spec, [TestModel.Linear("head", 3, 2, bias: false)[0].Spec]));
    }

    private static MemoryStore Buffer(string module, string name, Shape shape, DType dtype) =>
        new(new() { ModulePath = module, Name = name, ModuleType = typeof(FakeNorm), Role = ParamRole.Buffer, Shape = shape, DType = dtype });

    private string File(params Written[] tensors) => File("w.safetensors", tensors);

    private string File(string name, params Written[] tensors) => folder.Write(name, Safetensors(tensors));
}
