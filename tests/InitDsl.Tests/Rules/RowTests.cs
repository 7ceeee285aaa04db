namespace InitDsl.Tests;

/// <summary>Gates, projections, groups, blocks and ranges of rows.</summary>
public class RowTests
{
    [Fact]
    public void The_forget_bias_is_set_once()
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 3, 2));
        model.Initialize(When<FakeLstm>().Bias(Zeros) + When<FakeLstm>().Gate(Gate.Forget).Bias(Ones));
        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 0], model["rnn.bias_ih_l0"].Floats);
        Assert.Equal(new float[8], model["rnn.bias_hh_l0"].Floats);
    }

    [Fact]
    public void One_of_the_two_biases_is_addressed_by_name()
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 3, 1));
        model.Initialize(When<FakeLstm>().Bias(Zeros) + When<FakeLstm>().Gate(Gate.Output).Param("bias_hh*", Const(2)));
        Assert.Equal([0f, 0, 0, 0], model["rnn.bias_ih_l0"].Floats);
        Assert.Equal([0f, 0, 0, 2], model["rnn.bias_hh_l0"].Floats);
    }

    [Theory]
    [InlineData(Qkv.Q, 0)]
    [InlineData(Qkv.K, 1)]
    [InlineData(Qkv.V, 2)]
    public void Projections_stand_in_PyTorchs_order(Qkv part, int index)
    {
        PlanStep step = Assert.Single(All.Qkv(part).Param("*", Ones).Compile(new(Packed(3, 5))).Steps);
        PlanSlice slice = Assert.Single(step.Slices);
        Assert.Equal((5L * index, 5L * (index + 1)), (slice.First, slice.End));
    }

    [Theory]
    [InlineData(4, Gate.Input, 0)]
    [InlineData(4, Gate.Forget, 1)]
    [InlineData(4, Gate.Cell, 2)]
    [InlineData(4, Gate.Output, 3)]
    [InlineData(3, Gate.Reset, 0)]
    [InlineData(3, Gate.Update, 1)]
    [InlineData(3, Gate.New, 2)]
    public void Gates_stand_in_PyTorchs_order_and_other_layers_have_none(int gates, Gate gate, int index)
    {
        Rule rule = All.Gate(gate).Param("*", Ones);
        PlanStep step = Assert.Single(rule.Compile(new(Recurrent(gates, 5))).Steps);
        PlanSlice slice = Assert.Single(step.Slices);
        Assert.Equal((5L * index, 5L * (index + 1)), (slice.First, slice.End));
        Assert.Equal((7.0, 5.0), (slice.FanIn, slice.FanOut));

        Plan other = rule.Compile(new([Recurrent(7 - gates, 5), Recurrent(1, 5, path: "other"), .. TestModel.Linear("fc", 12, 3)]));
        Assert.Empty(other.Steps);
        Diagnostic nothing = Assert.Single(other.Diagnostics, found => found.Code == "INIT101");
        Assert.Contains("GRU Reset, Update and New", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_gates_are_slices_each_of_the_layers_that_have_them()
    {
        Rule rule = All.Gate(Gate.Forget | Gate.Cell | Gate.Update).Param("*", Normal());
        Assert.Equal("All.Gate(Gate.Forget | Gate.Cell | Gate.Update).Param(\"*\", Normal(0, 1))", rule.ToString());
        PlanStep lstm = Assert.Single(rule.Compile(new(Recurrent(4, 5))).Steps);
        Assert.Equal([(5L, 10L, "forget"), (10L, 15L, "cell")], lstm.Slices.Select(slice => (slice.First, slice.End, slice.Spec.Rows!.Word)));
        PlanStep gru = Assert.Single(rule.Compile(new(Recurrent(3, 5))).Steps);
        Assert.Equal([(5L, 10L, "update")], gru.Slices.Select(slice => (slice.First, slice.End, slice.Spec.Rows!.Word)));
        Assert.Empty(lstm.Shadowed);
        Assert.DoesNotContain(All.Gate(Gate.Forget | Gate.Cell).Param("*", Normal()).Compile(new(Recurrent(4, 5))).Diagnostics, found => found.Code == "INIT102");

        // The same bits as each by itself.
        TestModel together = new(Recurrent(4, 5)), apart = new(Recurrent(4, 5));
        together.Initialize(rule);
        apart.Initialize(All.Gate(Gate.Cell).Param("*", Normal()) + All.Gate(Gate.Forget).Param("*", Normal()));
        Assert.Equal(((MemoryStore)apart.Stores[0]).Bytes, ((MemoryStore)together.Stores[0]).Bytes);
    }

    [Fact]
    public void Rows_of_equal_numbers_have_equal_values_whatever_word_named_them()
    {
        float[] Values(RuleSet rules)
        {
            var model = new TestModel(Recurrent(4, 6));
            model.Initialize(rules);
            return ((MemoryStore)model.Stores[0]).Floats;
        }

        float[] expected = Values(All.Gate(Gate.Forget).Param("*", Kaiming));
        Assert.Equal(expected, Values(All.Rows(6..12).Param("*", Kaiming)));
        Assert.Equal(expected, Values(All.Rows(6, 12).Param("*", Kaiming)));
        Assert.Equal(expected, Values(All.Rows(^18..^12).Param("*", Kaiming)));
        Assert.Equal(expected, Values(All.Block(4, 1).Param("*", Kaiming)));
        StreamKey slice = StreamKey.Of(42, "rnn.weight").Slice("rows 6..12");
        float[] alone = new float[42];
        Filler.Of(new NormalLaw(0, Math.Sqrt(2.0 / 7)), slice).Fill(0, alone.AsSpan());
        Assert.Equal(alone, expected[42..84]);
    }

    [Fact]
    public void A_slice_has_its_own_fans_and_From_sees_it()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 12, 5, bias: false), TestModel.Conv("conv", new(8, 2, 3, 3), groups: 4, bias: false));
        ParamSpec? seen = null;
        Plan plan = (When<FakeLinear>().Block(3, 1).Weight(From(p =>
        {
            seen = p;
            return Xavier;
        })) + When<FakeConv>().Group(2).Weight(Kaiming.FanOut()) + When<FakeConv>().Rows(0..1).Weight(Kaiming.FanOut())).Compile(model);
        Assert.Equal((new Shape(4, 5), "fc.weight", 5.0, 4.0), (seen!.Shape, seen.Path, seen.FanIn, seen.FanOut));
        Assert.Equal("fc.weight[4..8] [4, 5]", seen.ToString());
        Assert.Equal((5.0, 4.0), (plan.Steps[0].Slices[0].FanIn, plan.Steps[0].Slices[0].FanOut));
        Assert.Equal([(18.0, 18.0), (18.0, 9.0)], plan.Steps[1].Slices.Select(slice => (slice.FanIn!.Value, slice.FanOut!.Value)));
        Assert.Equal([(4L, 6L), (0L, 1L)], plan.Steps[1].Slices.Select(slice => (slice.First, slice.End)));
    }

    [Fact]
    public void Rows_of_a_transposed_convolution_are_inputs_and_keep_its_fans()
    {
        TestModel model = TestModel.Of(TestModel.ConvTranspose("up", new(8, 3, 2, 2), groups: 2, stride: 4));
        PlanSlice slice = Assert.Single(Assert.Single(All.Group(1).Weight(Kaiming).Compile(model).Steps).Slices);
        FanCount layer = model["up.weight"].Spec.LayerFans!.Value;
        Assert.Equal((4L, 8L, layer.In, layer.Out), (slice.First, slice.End, slice.FanIn, slice.FanOut));
    }

    [Fact]
    public void Grouped_transposed_convolutions_are_as_many_matrices_as_groups()
    {
        TestModel model = TestModel.Of(TestModel.ConvTranspose("up", new(4, 2, 3, 3), groups: 2, stride: 2));
        Assert.Contains(
            "this convolution has 2 groups with a matrix each. Rule: All.Weight(DeltaOrthogonal()). Write DeltaOrthogonal().PerBlock(2).",
            Compiling.Refused(All.Weight(DeltaOrthogonal()), model).Message,
            StringComparison.Ordinal);
        Plan plan = (All.Weight(DeltaOrthogonal().PerBlock(2)) + All.Group(1).Weight(DeltaOrthogonal(2))).Compile(model);
        plan.Apply();
        Assert.True(plan.Verify().Passed);

        // Rows that are several groups have several.
        TestModel four = TestModel.Of(TestModel.Conv("conv", new(8, 2, 3, 3), groups: 4, bias: false));
        Assert.Contains("has 2 groups", Compiling.Refused(All.Block(2, 0).Weight(DeltaOrthogonal()), four).Message, StringComparison.Ordinal);
        Assert.Single(All.Block(2, 0).Weight(DeltaOrthogonal().PerBlock(2)).Compile(four).Steps);
    }

    [Fact]
    public void A_group_that_a_convolution_does_not_have_is_not_selected()
    {
        TestModel model = TestModel.Of(TestModel.Conv("one", new(4, 4, 1), bias: false), TestModel.Conv("two", new(4, 2, 1), groups: 2, bias: false));
        Assert.Equal("two.weight", Assert.Single(All.Group(0).Weight(Normal()).Compile(model).Steps).Path);
        string Hint(long group) => All.Group(group).Weight(Normal()).Compile(TestModel.Of(TestModel.Linear("fc", 4, 2))).Diagnostics.Single(found => found.Code == "INIT101").Message;
        Assert.Contains("A convolution of more than 3 groups has it.", Hint(3), StringComparison.Ordinal);
        Assert.Contains("A convolution of more than 1 groups has it.", Hint(0), StringComparison.Ordinal);
        Assert.Contains("INIT101", Assert.Single(All.Group(2).Weight(Normal()).Compile(model).Diagnostics, found => found.Severity == Severity.Warning).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_rule_for_the_whole_the_other_rows_stay_as_they_are()
    {
        TestModel model = TestModel.Of(TestModel.Embedding("wte", 6, 2));
        Plan plan = All.Rows(2..3).Weight(Ones).Compile(model);
        Report report = plan.Apply();
        byte[] old = [.. Enumerable.Repeat(MemoryStore.OldByte, 16)];
        Assert.Equal(old, model["wte.weight"].Bytes[..16]);
        Assert.Equal([1f, 1f], model["wte.weight"].Floats[4..6]);
        Assert.Equal(old, model["wte.weight"].Bytes[24..40]);
        Assert.True(double.IsNaN(Assert.Single(report.Entries).Law.Mean));
        Assert.True(plan.Verify().Passed);
        Assert.Contains("wte.weight        [6, 2]  -", plan.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_all_are_kept_leave_the_parameter_untouched()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false));
        Rule first = All.Rows(0..2).Keep();
        Rule second = All.Rows(2..4).Keep();
        Assert.Same(second, Assert.Single((first + second).Compile(model).Untouched).Rule);
        Assert.Same(first, Assert.Single(first.Compile(model).Untouched).Rule);
        Rule keep = All.Keep();
        Assert.Same(keep, Assert.Single((keep + first).Compile(model).Untouched).Rule);
    }

    [Fact]
    public void Rows_that_are_kept_and_nothing_else_are_shown_as_kept()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 2), TestModel.Norm("norm", 4));
        Plan plan = (When<FakeLinear>().Bias(Zeros) + When<FakeLinear>().Rows(0..2).Keep() + When<FakeLinear>().Rows(2..4).Keep()).Compile(model);
        Assert.Equal(
            """
            TestModel: 4 parameters, 2 kept, 2 left alone, 20 values; seed 42

            parameter        shape   rule  over  law
            ───────────────  ──────  ────  ────  ──────────
            fc.weight        [4, 2]  -
            fc.weight[0..2]  [2, 2]  #2          kept
            fc.weight[2..4]  [2, 2]  #3          kept
            fc.bias          [4]     -
            fc.bias[0..2]    [2]     #2    #1    kept
            fc.bias[2..4]    [2]     #3    #1    kept
            norm.weight      [4]     -           left alone
            norm.bias        [4]     -           left alone

            #1  When<FakeLinear>().Bias(Zeros)
            #2  When<FakeLinear>().Rows(0..2).Keep()
            #3  When<FakeLinear>().Rows(2..4).Keep()

            INIT102 warning: When<FakeLinear>().Bias(Zeros) has no effect: later rules win every parameter it matches (When<FakeLinear>().Rows(0..2).Keep(); When<FakeLinear>().Rows(2..4).Keep()). General rules come first, exceptions after.
            INIT201 info: 2 parameters are matched by no rule and left alone: norm.weight, norm.bias.
            """.ReplaceLineEndings(),
            plan.Explain());
        Assert.Matches(@"^0 parameters \(0 values\) initialised in [0-9.]+ s, 2 kept, 2 left alone; seed 42", plan.Apply().ToString());
        Assert.Contains(
            """
            fc.weight        [4, 2]  -     left alone
            fc.weight[0..2]  [2, 2]  #1    kept
            """.ReplaceLineEndings(),
            When<FakeLinear>().Rows(0..2).Keep().Compile(model).Explain(),
            StringComparison.Ordinal);

        // The rows that nobody keeps are still an error where nothing has filled them.
        InitException refused = Compiling.Refused(All.Bias(Zeros) + All.Rows(0..3).Keep(), TestModel.Of(TestModel.GroupNorm("norm", 4)));
        Assert.StartsWith("INIT004 error: norm.weight[3..4] [1]", Assert.Single(refused.Diagnostics, found => found.Code == "INIT004").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slice_knows_the_rules_that_lost_its_rows_and_no_others()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 8, 2, bias: false));
        Rule[] rules =
        [
            All.Weight(Normal()), All.Rows(0..4).Weight(Const(1)), All.Weight(Uniform(0, 1)), All.Rows(0..2).Weight(Const(2)),
            All.Rows(1..2).Weight(Const(3)), All.Rows(1..4).Weight(Const(4)), All.Rows(6..8).Weight(Const(5)),
        ];
        PlanStep step = Assert.Single(RuleSet.Of(rules).Compile(model).Steps);
        Assert.Equal([rules[0], rules[1], rules[4]], step.Shadowed);
        Assert.Equal([rules[3], rules[5], rules[6]], step.Slices.Select(slice => slice.Rule));
        Assert.Equal([rules[0], rules[1], rules[2]], step.Slices[0].Shadowed);
        Assert.Equal([rules[0], rules[1], rules[2], rules[3], rules[4]], step.Slices[1].Shadowed);
        Assert.Equal([rules[0], rules[2]], step.Slices[2].Shadowed);
        Assert.Same(step.Slices[2].Shadowed, step.Slices[2].Shadowed);  // made once

        string[] over = [.. RuleSet.Of(rules).Compile(model).Explain().ReplaceLineEndings("\n").Split('\n').Skip(4).Take(4).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[3])];
        Assert.Equal(["#1 #2", "#1-#3", "#1-#5", "#1 #3"], over);

        // Rows beside each other have none in common.
        PlanStep halves = Assert.Single((All.Rows(4..8).Weight(Const(1)) + All.Rows(0..4).Weight(Const(2))).Compile(model).Steps);
        Assert.All(halves.Slices, slice => Assert.Empty(slice.Shadowed));
    }

    [Fact]
    public void Memory_that_nothing_fills_is_an_error_in_the_rows_that_no_rule_covers()
    {
        TestModel model = TestModel.Of(TestModel.GroupNorm("norm", 4));
        InitException refused = Compiling.Refused(All.Bias(Zeros) + All.Rows(0..3).Weight(Ones), model);
        Assert.StartsWith(
            "INIT004 error: norm.weight[3..4] [1] of FakeGroupNorm: FakeGroupNorm leaves this memory uninitialised and no rule covers it.",
            Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error).ToString(),
            StringComparison.Ordinal);
        Rule[] keeping = [All.Rows(3..4).Keep(), Named("norm").Keep()];
        Assert.All(keeping, keep =>
        {
            Plan kept = (keep + All.Rows(0..3).Weight(Ones) + All.Bias(Zeros)).Compile(model);
            string told = Assert.Single(kept.Diagnostics, found => found.Code == "INIT107").Message;
            Assert.Contains("norm.weight[3..4] [1]", told, StringComparison.Ordinal);
            Assert.Contains($", and {keep} keeps it so,", told, StringComparison.Ordinal);
        });

        var deferred = new TestModel(new MemoryStore(new()
        {
            ModulePath = "fc", Name = "weight", ModuleType = typeof(FakeLinear), Kind = LayerKind.Linear, Role = ParamRole.Weight, Shape = new(4, 2), Deferred = true,
        }));
        Assert.Contains("INIT010", Compiling.Refused(All.Rows(1..4).Weight(Ones), deferred).Message, StringComparison.Ordinal);
        Assert.Contains("INIT010", Compiling.Refused(All.Weight(Normal()) + All.Rows(1..4).Keep(), deferred).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_outside_the_parameter_are_an_error_that_says_what_there_is()
    {
        InitException refused = Compiling.Refused(
            All.Rows(2..9).Weight(Ones) + All.Block(3, 0).Bias(Ones), TestModel.Of(TestModel.Linear("fc", 4, 2)));
        Assert.Equal(
            [
                "INIT001 error: fc.weight [4, 2] of FakeLinear: .Rows(2..9) is not within its 4 rows. Rule: All.Rows(2..9).Weight(Ones). Write rows from 0 to 4, the last number not among them, or keep the rule from matching this parameter.",
                "INIT001 error: fc.bias [4] of FakeLinear: .Block(3, 0) cuts the first dimension into 3 blocks, and 4 is not divisible by 3. Rule: All.Block(3, 0).Bias(Ones). Give it a number that divides the first dimension, or write .Rows(first, end).",
            ],
            refused.Diagnostics.Select(found => found.ToString()));
        Assert.All((Rule[])[All.Rows(^9..2).Weight(Ones), All.Rows(3..^2).Weight(Ones), All.Rows(2..^2).Weight(Ones), All.Rows(4..^0).Weight(Ones)], rule => Assert.Contains(
            "is not within its 4 rows.", Compiling.Refused(rule, TestModel.Of(TestModel.Linear("fc", 4, 2))).Message, StringComparison.Ordinal));
        Assert.Contains("a scalar has none", Compiling.Refused(All.Rows(0..1).Weight(Ones), new(TestModel.Tensor(new()))).Message, StringComparison.Ordinal);
        Assert.Contains("a scalar has none", Compiling.Refused(All.Weight(Ones) + All.Rows(0..1).Weight(Ones), new(TestModel.Tensor(new()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_that_are_not_whole_are_an_error()
    {
        var store = new MemoryStore(new()
        {
            ModulePath = "rnn", Name = "weight_ih_l0", ModuleType = typeof(FakeLstm), Kind = LayerKind.Recurrent, Role = ParamRole.Weight, Shape = new(6, 7), Blocks = 4,
        });
        Assert.Contains(
            "INIT001 rnn.weight_ih_l0 [6, 7] of FakeLstm: .Gate(Gate.Forget | Gate.Cell) cuts the first dimension into 4 blocks, and 6 is not divisible by 4.",
            Compiling.Refused(All.Gate(Gate.Forget | Gate.Cell).Weight(Ones), new(store)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_is_wrong_with_the_parameter_is_said_beside_its_rows()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false));
        model["fc.weight"].Unwritable = "it has been disposed.";
        Assert.Equal(["INIT001", "INIT005"], Compiling.Refused(All.Rows(2..9).Weight(Ones), model).Diagnostics.Select(found => found.Code));
    }

    /// <summary>What is left to the rules before is not known then, and nothing is said of them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_outside_the_parameter_do_not_make_the_rules_before_look_useless(int outside)
    {
        RuleSet rules = All.Weight(Normal()) + All.Rows(0..4).Weight(Ones) + RuleSet.Of(Enumerable.Range(5, outside).Select(end => All.Rows(2, end).Weight(Ones)));
        InitException refused = Compiling.Refused(rules, TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false)));
        Assert.Equal(Enumerable.Repeat("INIT001", outside), refused.Diagnostics.Select(found => found.Code));
    }

    [Fact]
    public void A_law_that_cannot_apply_to_the_rows_names_them()
    {
        InitException refused = Compiling.Refused(All.Weight(Kaiming) + All.Gate(Gate.Cell).Weight(Dirac()), new(Recurrent(4, 3, ParamRole.Weight)));
        Assert.StartsWith("INIT001 error: rnn.weight[6..9] [3, 7] of FakeLstm: Dirac", refused.Diagnostics[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_later_rules_cover_wholly_is_shadowed()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false));
        Rule before = All.Rows(0..1).Weight(Ones);
        Rule whole = All.Weight(Normal());
        Rule covered = All.Rows(1..2).Weight(Const(3));
        Rule left = All.Rows(0..2).Weight(Uniform(0, 1));
        Rule right = All.Rows(2..4).Weight(Uniform(2, 3));
        Plan plan = (before + whole + covered + left).Compile(model);
        Assert.Equal([before, covered], plan.Steps[0].Shadowed);
        Assert.Equal([left], plan.Steps[0].Slices.Select(slice => slice.Rule));
        Assert.Same(whole, plan.Steps[0].Rule);
        Assert.Equal([$"{before}", $"{covered}"], plan.Diagnostics.Where(found => found.Code == "INIT102").Select(found => found.Message.Split(" has no effect")[0]));

        Plan full = (whole + left + right).Compile(model);
        Assert.Equal([whole], full.Steps[0].Shadowed);
        Assert.Same(right, full.Steps[0].Rule);
        Assert.Contains($"({left}; {right})", Assert.Single(full.Diagnostics, found => found.Code == "INIT102").Message, StringComparison.Ordinal);
        Assert.False(double.IsNaN(full.Steps[0].Law.Std));
    }

    [Fact]
    public void Tied_names_share_their_rows_in_the_order_of_the_rules()
    {
        MemoryStore store = Tied();
        Rule ofTable = When<FakeEmbedding>().Rows(0..3).Weight(Const(1));
        Rule ofHead = When<FakeLinear>().Rows(3..4).Weight(Const(2));
        Rule ofBoth = All.Rows(5..6).Weight(Const(3));
        Plan plan = (ofTable + ofHead + ofBoth).Compile(new(store));
        plan.Apply();
        Assert.Equal([1f, 1, 1, 2, 3], store.Floats.Where((_, i) => i % 2 == 0 && i != 8));
        Assert.Equal(3, plan.Steps[0].Slices.Count);
        Assert.Equal(3, (ofBoth + ofHead + ofTable).Compile(new(store)).Steps[0].Slices.Count);

        // A rule for the whole under one name hides rows that an earlier rule has under another, with the same law.
        Rule normal = When<FakeEmbedding>().Rows(0..3).Weight(Normal());
        PlanStep step = Assert.Single((normal + When<FakeLinear>().Weight(Normal())).Compile(new(store)).Steps);
        Assert.Empty(step.Slices);
        Assert.Equal([normal], step.Shadowed);

        // Of equal laws for the same rows the last wins.
        Rule ofHeadToo = When<FakeLinear>().Rows(0..3).Weight(Normal());
        PlanStep rows = Assert.Single((normal + ofHeadToo).Compile(new(store)).Steps);
        Assert.Equal([ofHeadToo], rows.Slices.Select(slice => slice.Rule));
        Assert.Equal([normal], rows.Shadowed);
    }

    [Fact]
    public void Rows_of_all_names_together_hide_a_rule_for_the_whole()
    {
        Rule whole = When<FakeEmbedding>().Weight(Normal());
        Rule ofTable = When<FakeEmbedding>().Rows(0..4).Weight(Const(1));
        Rule ofHead = When<FakeLinear>().Rows(4..6).Weight(Normal());
        PlanStep step = Assert.Single((whole + ofTable + ofHead).Compile(new(Tied())).Steps);
        Assert.False(step.HasBase);
        Assert.Equal([whole], step.Shadowed);
        Assert.Equal([ofTable, ofHead], step.Slices.Select(slice => slice.Rule));

        // Nobody asks it for a law then.
        step = Assert.Single((When<FakeEmbedding>().Weight(Dirac()) + ofTable + ofHead).Compile(new(Tied())).Steps);
        Assert.IsType<KeptLaw>(step.BaseLaw);

        PlanStep partly = Assert.Single((whole + ofTable + When<FakeLinear>().Rows(4..5).Weight(Normal())).Compile(new(Tied())).Steps);
        Assert.True(partly.HasBase);
        Assert.Empty(partly.Shadowed);
    }

    [Fact]
    public void Rows_of_tied_names_with_different_laws_are_a_conflict()
    {
        Rule ofTable = When<FakeEmbedding>().Rows(0..3).Weight(Const(1));
        Rule ofHead = When<FakeLinear>().Rows(2..4).Weight(Const(2));
        InitException refused = Compiling.Refused(ofTable + ofHead, new(Tied()));
        Assert.Equal(
            """
            1 error; nothing was changed.
              INIT002 wte.weight [6, 2] of FakeEmbedding: this parameter is shared with head.weight, and the two names get different rules: When<FakeEmbedding>().Rows(0..3).Weight(Const(1)) here, When<FakeLinear>().Rows(2..4).Weight(Const(2)) there. Give both the same, or add a last rule that matches both.
            """.ReplaceLineEndings(),
            refused.Message);

        RuleSet[] conflicts =
        [
            ofHead + ofTable,
            All.Weight(Normal()) + ofTable,                                             // the head would get rows of another law
            When<FakeLinear>().Weight(Normal()) + ofTable,
            ofTable + When<FakeLinear>().Weight(Normal()),
            ofTable + When<FakeLinear>().Rows(2..4).Keep(),
            When<FakeEmbedding>().Block(2, 0).Weight(Eye) + When<FakeLinear>().Rows(1..4).Weight(Eye),
            When<FakeEmbedding>().Rows(1..4).Weight(Eye) + When<FakeLinear>().Rows(0..3).Weight(Eye),
            When<FakeEmbedding>().Rows(0..3).Weight(Ones) + When<FakeEmbedding>().Rows(3..6).Weight(Zeros) + When<FakeLinear>().Weight(Ones),
        ];
        Assert.All(conflicts, rules => Assert.Equal("INIT002", Compiling.Refused(rules, new(Tied())).Diagnostics[0].Code));

        RuleSet[] agreements =
        [
            ofTable + When<FakeLinear>().Rows(1..4).Weight(Const(1)),
            When<FakeEmbedding>().Block(2, 0).Weight(Eye) + When<FakeLinear>().Rows(0..3).Weight(Eye),
            ofTable + ofHead + All.Rows(0..4).Weight(Normal()),
            ofTable + ofHead + All.Weight(Normal()),
            When<FakeEmbedding>().Rows(0..2).Keep() + When<FakeLinear>().Rows(1..4).Keep(),
            When<FakeEmbedding>().Rows(0..3).Weight(From(p => Const(p.Shape[0]))) + When<FakeLinear>().Rows(0..3).Weight(Const(3)),
            When<FakeEmbedding>().Rows(0..3).Weight(Const(3)) + When<FakeLinear>().Rows(0..3).Weight(From(p => Const(p.Shape[0]))),
            When<FakeEmbedding>().Rows(0..3).Weight(Ones) + When<FakeEmbedding>().Rows(3..6).Weight(Zeros)
                + When<FakeLinear>().Rows(0..3).Weight(Ones) + When<FakeLinear>().Rows(3..6).Weight(Zeros),
        ];
        Assert.All(agreements, rules => rules.Compile(new(Tied())));
    }

    [Fact]
    public void Warnings_look_at_the_rows()
    {
        string[] Codes(RuleSet rules, TestModel model) =>
            [.. rules.Compile(model).Diagnostics.Where(found => found.Severity == Severity.Warning).Select(found => $"{found.Code} {found.Message.Split(" of ")[0]}")];
        TestModel linear = TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false));
        Assert.Empty(Codes(All.Weight(Normal()) + All.Rows(0..2).Weight(Zeros), linear));
        Assert.Empty(Codes(All.Weight(Normal()) + All.Rows(0..1).Weight(Zeros), linear));
        Assert.Empty(Codes(All.Weight(Zeros) + All.Rows(0..3).Weight(Normal()), linear));
        Assert.Equal(["INIT103 fc.weight [4, 2]"], Codes(All.Weight(Zeros) + All.Rows(0..2).Weight(Normal()), linear));

        TestModel table = TestModel.Of(TestModel.Embedding("wte", 6, 2, padding: 4));
        Assert.Equal(["INIT106 wte.weight [6, 2]"], Codes(All.Weight(Normal()) + All.Rows(0..1).Weight(Ones), table));
        Assert.Empty(Codes(All.Weight(Normal()) + All.Rows(4..5).Weight(Zeros), table));
        string[] drawn = [.. (All.Weight(Zeros) + All.Rows(3..6).Weight(Normal())).Compile(table).Diagnostics.Where(found => found.Code == "INIT106").Select(found => found.Message)];
        Assert.Contains("row 4 is the padding entry", Assert.Single(drawn), StringComparison.Ordinal);
        Assert.Equal(new PaddedLaw(new NormalLaw(0, 1), new(3, 2), 1), All.Rows(3..6).Weight(TorchDefault).Compile(table).Steps[0].Slices[0].Law);
    }

    [Fact]
    public void The_default_of_a_gate_is_that_of_the_layer()
    {
        var model = new TestModel(Recurrent(4, 9));
        Assert.Equal(
            new UniformLaw(-1.0 / 3, 1.0 / 3),
            Assert.Single(Assert.Single(All.Rows(1..5).Param("*", TorchDefault).Compile(model).Steps).Slices).Law);
    }

    [Fact]
    public void A_plan_shows_a_row_a_slice()
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 4, 16));
        RuleSet rules =
            When<FakeLstm>().Weight(Xavier).Bias(Zeros)
            + When<FakeLstm>().Gate(Gate.Forget).Bias(Ones)
            + When<FakeLstm>().Rows(0..4).Param("weight_hh*", Kaiming)
            + Named("rnn").Rows(60, 64).Keep();
        Assert.Equal(
            """
            TestModel: 4 parameters, 1,408 values; seed 42

            parameter                      shape     rule  over  fan in → out  law                                        mean     std  min  max
            ─────────────────────────────  ────────  ────  ────  ────────────  ─────────────────────────────────────────  ────  ──────  ───  ───
            rnn.weight_ih_l0               [64, 4]   #1          4 → 16 *      Uniform(-0.547723, 0.547723) and 1 slice      ?       ?    ?    ?
            rnn.weight_ih_l0[60..64]       [4, 4]    #4    #1                  kept
            rnn.weight_hh_l0               [64, 16]  #1          16 → 16 *     Uniform(-0.433013, 0.433013) and 2 slices     ?       ?    ?    ?
            rnn.weight_hh_l0[0..4]         [4, 16]   #3    #1    16 → 4        Normal(0, 0.353553)                           0  0.3536   -∞    ∞
            rnn.weight_hh_l0[60..64]       [4, 16]   #4    #1                  kept
            rnn.bias_ih_l0                 [64]      #1          4 → 16        Const(0) and 2 slices                         ?       ?    ?    ?
            rnn.bias_ih_l0[16..32] forget  [16]      #2    #1    4 → 16        Const(1)                                      1       0    1    1
            rnn.bias_ih_l0[60..64]         [4]       #4    #1                  kept
            rnn.bias_hh_l0                 [64]      #1          16 → 16       Const(0) and 2 slices                         ?       ?    ?    ?
            rnn.bias_hh_l0[16..32] forget  [16]      #2    #1    16 → 16       Const(0)                                      0       0    0    0
            rnn.bias_hh_l0[60..64]         [4]       #4    #1                  kept
            * the layer's own fans; PyTorch counts others from the shape, which .WithFans(Fans.Torch) takes

            #1  When<FakeLstm>().Weight(Xavier).Bias(Zeros)
            #2  When<FakeLstm>().Gate(Gate.Forget).Bias(Ones)
            #3  When<FakeLstm>().Rows(0..4).Param("weight_hh*", Kaiming)
            #4  Named("rnn").Rows(60, 64).Keep()
            """.ReplaceLineEndings(),
            rules.Compile(model).Explain());
    }

    [Fact]
    public void Slices_and_their_rules_read_as_code()
    {
        Assert.Equal("When<FakeLstm>().Gate(Gate.Forget)", When<FakeLstm>().Gate(Gate.Forget).ToString());
        Assert.Equal("All.Qkv(Qkv.Q | Qkv.V).Weight(Xavier).Bias(Zeros)", All.Qkv(Qkv.V | Qkv.Q).Weight(Xavier).Bias(Zeros).ToString());
        Assert.Equal("Named(\"a\").In(\"b\").Rows(^4..^0).Keep()", Named("a").Rows(^4..).Keep().In("b").ToString());
        Assert.Equal("All.Rows(1, 2).Weight(Ones).StreamAs(\"old\")", All.Rows(1, 2).Weight(Ones).StreamAs("old").ToString());
        Assert.Equal("All.Block(3, 2).Param(\"w*\", Ones)", All.Block(3, 2).Param("w*", Ones).ToString());
        Assert.Equal("All.Group(1).Bias(Ones)", All.Group(1).Bias(Ones).ToString());
        Assert.Equal("All.Gate(Gate.New).Bias(Normal(0, 2))", All.Gate(Gate.New).Bias(Normal(std: 2)).ToString());
    }

    [Fact]
    public void Steps_and_slices_read_as_parameters_and_their_laws()
    {
        PlanStep step = Assert.Single((All.Weight(Normal()) + All.Rows(1..3).Weight(Ones)).Compile(TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false))).Steps);
        Assert.Equal("fc.weight [4, 2] ~ Normal(0, 1); rows 1..3 Const(1)", step.ToString());
        Assert.Equal("fc.weight[1..3] [2, 2] ~ Const(1)", step.Slices[0].ToString());
    }

    [Fact]
    public void Rows_that_cannot_be_are_refused_where_they_are_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Rows(2..2));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Rows(3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Rows(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Rows(^1..^3));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Rows(^2..^2));
        Assert.Equal("blocks", Assert.Throws<ArgumentOutOfRangeException>(() => All.Block(0, 0)).ParamName);
        Assert.StartsWith("Block(3, 3) is none of 3 blocks, which count from 0 to 2.", Assert.Throws<ArgumentOutOfRangeException>(() => All.Block(3, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Block(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Group(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Gate((Gate)128));
        Assert.StartsWith("Name a gate, as Gate.Forget, or several with |.", Assert.Throws<ArgumentOutOfRangeException>(() => All.Gate(Gate.None)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Qkv(Qkv.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => All.Qkv((Qkv)8));
    }

    [Fact]
    public void A_rule_for_rows_may_have_the_stream_of_another_path()
    {
        float[] Values(string path, Func<Rule, Rule> change)
        {
            TestModel model = TestModel.Of(TestModel.Linear(path, 4, 2, bias: false));
            model.Initialize(All.Weight(Zeros) + change(All.Rows(1..3).Weight(Normal())));
            return ((MemoryStore)model.Stores[0]).Floats;
        }

        Assert.Equal(Values("old", rule => rule), Values("renamed", rule => rule.StreamAs("old")));
        Assert.NotEqual(Values("old", rule => rule), Values("renamed", rule => rule));
        InitException shared = Compiling.Refused(
            Named("b").Rows(0..2).Weight(Normal()).StreamAs("a") + Named("a").Rows(0..2).Weight(Normal()),
            TestModel.Of(TestModel.Linear("a", 4, 2, bias: false), TestModel.Linear("b", 4, 2, bias: false)));
        Assert.Equal("INIT006", shared.Diagnostics[0].Code);
    }

    private static MemoryStore Tied() =>
        new(TestModel.Embedding("wte", 6, 2)[0].Spec, [TestModel.Linear("head", 6, 2, bias: false)[0].Spec]);

    private static MemoryStore Recurrent(int gates, long hidden, ParamRole role = ParamRole.Other, string path = "rnn") => new(new()
    {
        ModulePath = path,
        Name = "weight",
        ModuleType = typeof(FakeLstm),
        Kind = LayerKind.Recurrent,
        Role = role,
        Shape = new(gates * hidden, 7),
        Blocks = gates,
        LayerFans = FanAxes.Stacked(gates).Count(new(gates * hidden, 7)),
        TorchFans = FanAxes.OutIn.Count(new(gates * hidden, 7)),
    });

    private static MemoryStore Packed(int gates, long hidden, ParamRole role = ParamRole.Other) => new(new()
    {
        ModulePath = "rnn",
        Name = "weight",
        ModuleType = typeof(FakeLstm),
        Kind = LayerKind.Attention,
        Role = role,
        Shape = new(gates * hidden, 7),
        Blocks = gates,
        LayerFans = FanAxes.Stacked(gates).Count(new(gates * hidden, 7)),
        TorchFans = FanAxes.OutIn.Count(new(gates * hidden, 7)),
    });

    [Fact]
    public void Slices_without_rows_are_no_conflict_of_streams()
    {
        var model = TestModel.Of(TestModel.Linear("fc", 0, 4));
        Plan plan = (When<FakeLinear>().Bias(Zeros)
            + When<FakeLinear>().Block(2, 0).Weight(Normal())
            + When<FakeLinear>().Block(2, 1).Weight(Normal())).Compile(model);
        plan.Apply();
        Assert.True(plan.Verify().Passed);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    public void Of_a_parameter_without_elements_nothing_is_taken_from_the_rule_for_all_of_it(long outputs, long inputs)
    {
        Rule whole = All.Weight(Normal());
        Plan plan = (whole + All.Block(2, 0).Weight(Ones) + All.Block(2, 1).Weight(Ones)).Compile(TestModel.Of(TestModel.Linear("fc", outputs, inputs, bias: false)));
        Assert.Same(whole, Assert.Single(plan.Steps).Rule);
        Assert.Equal(2, plan.Steps[0].Slices.Count);
        Assert.DoesNotContain(plan.Diagnostics, found => found.Code == "INIT102");
    }
}
