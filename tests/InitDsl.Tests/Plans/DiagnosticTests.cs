namespace InitDsl.Tests;

/// <summary>Whole messages are pinned: they are part of what users get.</summary>
public class DiagnosticTests
{
    [Fact]
    public void Every_error_is_reported_at_once_and_nothing_is_changed()
    {
        TestModel model = TestModel.Of(
            TestModel.Linear("fc", 4, 3), TestModel.GroupNorm("gn", 4), TestModel.Conv("conv", new(6, 3, 3, 3)));
        byte[][] before = Snapshot(model);
        RuleSet rules =
            When<FakeLinear>().Weight(Kaiming).Bias(Xavier)
            + When<FakeConv>().Weight(Dirac(4)).Bias(Eye);
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(rules));
        Assert.Equal(
            """
            5 errors; nothing was changed.
              INIT001 fc.bias [4] of FakeLinear: Xavier needs a fan-in and a fan-out, and a parameter of one dimension has none. Rule: When<FakeLinear>().Weight(Kaiming).Bias(Xavier). Write .Bias(Zeros), or .Bias(From(p => …)) with the fan-in of the layer, p.FanIn.
              INIT001 conv.weight [6, 3, 3, 3] of FakeConv: Dirac(4) splits the first dimension into 4 equal groups, and 6 is not divisible by 4. Rule: When<FakeConv>().Weight(Dirac(4)).Bias(Eye). Write Dirac(groups) with the groups of the convolution.
              INIT001 conv.bias [6] of FakeConv: Eye needs a matrix, and the shape [6] is not two-dimensional. Rule: When<FakeConv>().Weight(Dirac(4)).Bias(Eye). Write Ones or Zeros.
              INIT004 gn.weight [4] of FakeGroupNorm: FakeGroupNorm leaves this memory uninitialised and no rule covers it. Write When<FakeGroupNorm>().Weight(Ones).Bias(Zeros), or Keep() if you have filled it yourself.
              INIT004 gn.bias [4] of FakeGroupNorm: FakeGroupNorm leaves this memory uninitialised and no rule covers it. Write When<FakeGroupNorm>().Weight(Ones).Bias(Zeros), or Keep() if you have filled it yourself.
            """,
            refused.Message);
        Assert.Equal(before, Snapshot(model));
    }

    public static TheoryData<string, string> LawErrors => new()
    {
        { "zero fan", "INIT001 w [3, 0] of FakeLinear: Kaiming divides by the fan-in, which is 0. Rule: All.Weight(Kaiming). Give the layer a size, or write Zeros for it." },
        { "no fans", "INIT001 w [] of FakeLinear: Kaiming needs a fan-in and a fan-out, and a parameter of no dimensions has none. Rule: All.Weight(Kaiming). Write Ones, Const(…) or Normal(std: …), or exclude this layer with a later rule." },
        { "eye of a convolution", "INIT001 w [4, 3, 3] of FakeLinear: Eye needs a matrix, and the shape [4, 3, 3] is not two-dimensional. Rule: All.Weight(Eye). For a convolution write Dirac()." },
        { "dirac of a matrix", "INIT001 w [4, 3] of FakeLinear: Dirac() needs the weight of a convolution, of three to five dimensions, and the shape is [4, 3]. Rule: All.Weight(Dirac()). For a matrix write Eye." },
        { "orthogonal of a vector", "INIT001 w [4] of FakeLinear: Orthogonal() needs a matrix, and the shape [4] has fewer than two dimensions. Rule: All.Weight(Orthogonal()). Write Ones or Normal(std: …)." },
        { "sparse of a convolution", "INIT001 w [4, 3, 3] of FakeLinear: Sparse(0.5, 0.01) needs a matrix, and the shape [4, 3, 3] is not two-dimensional. Rule: All.Weight(Sparse(0.5, 0.01)). Write Normal(std: …), or Zeros." },
        { "values of another shape", "INIT001 w [2, 3] of FakeLinear: Values has the shape [3, 2], which is not the parameter's. Rule: All.Weight(Values([3, 2])). Give it the shape [2, 3], or 6 numbers in row-major order." },
        { "values of another kind", "INIT001 w [2] of FakeLinear: Values was given a Version, which is neither an array nor a tensor of this model's kind. Rule: All.Weight(Values(tensor)). Give it an array of numbers or a tensor." },
        { "from that throws", "INIT001 w [2] of FakeLinear: the function given to From failed with InvalidOperationException: w [2] has no fan-in and fan-out; HasFans tells. Rule: All.Weight(From(…)). Mend the function, or keep the rule from matching this parameter." },
        { "from that returns null", "INIT001 w [2] of FakeLinear: the function given to From returned null. Rule: All.Weight(From(…)). Return an Init, as Zeros." },
        { "a random integer", "INIT001 w [2] of FakeLinear: Normal(0, 1) does not give whole numbers, and the dtype is Int64. Rule: All.Weight(Normal(0, 1)). Write Keep(), or a whole Const(…)." },
        { "an integer out of range", "INIT001 w [2] of FakeLinear: Const(300) leaves the range of UInt8, 0 to 255. Rule: All.Weight(Const(300)). Write smaller numbers, or give the model a wider dtype." },
        { "too large for half", "INIT001 w [2] of FakeLinear: Normal(0, 10000) leaves the range of Float16, -65504 to 65504. Rule: All.Weight(Normal(0, 10000)). Write smaller numbers, or give the model a wider dtype." },
        { "a complex uniform", "INIT001 w [2] of FakeLinear: Uniform(-1, 1) has no complex counterpart. Rule: All.Weight(Uniform(-1, 1)). Write Normal(mean, std), Const(…) or Values(…)." },
    };

    [Theory]
    [MemberData(nameof(LawErrors))]
    public void A_law_that_cannot_apply_says_why_and_what_to_write(string what, string message)
    {
        (Init init, MemoryStore store) = what switch
        {
            "zero fan" => (Kaiming, TestModel.Tensor(new(3, 0))),
            "no fans" => (Kaiming, TestModel.Tensor(new())),
            "eye of a convolution" => (Eye, TestModel.Tensor(new(4, 3, 3))),
            "dirac of a matrix" => (Dirac(), TestModel.Tensor(new(4, 3))),
            "orthogonal of a vector" => (Orthogonal(), TestModel.Tensor(new(4))),
            "sparse of a convolution" => (Sparse(0.5), TestModel.Tensor(new(4, 3, 3))),
            "values of another shape" => (Values(new double[3, 2]), TestModel.Tensor(new(2, 3))),
            "values of another kind" => (Values(new Version(1, 0)), TestModel.Tensor(new(2))),
            "from that throws" => (From(p => Const(p.FanIn)), TestModel.Tensor(new(2))),
            "from that returns null" => (From(_ => null!), TestModel.Tensor(new(2))),
            "a random integer" => (Normal(), TestModel.Tensor(new(2), DType.Int64)),
            "an integer out of range" => (Const(300), TestModel.Tensor(new(2), DType.UInt8)),
            "too large for half" => (Normal(0, 1e4), TestModel.Tensor(new(2), DType.Float16)),
            "a complex uniform" => (Uniform(-1, 1), TestModel.Tensor(new(2), DType.Complex64)),
            _ => throw new ArgumentException(what),
        };
        Assert.Equal($"1 error; nothing was changed.\n  {message}".ReplaceLineEndings(), Compiling.Refused(All.Weight(init), new TestModel(store)).Message);
    }

    [Fact]
    public void Tied_weights_with_two_different_laws_are_a_conflict()
    {
        InitException refused = Compiling.Refused(
            When<FakeEmbedding>().Weight(Normal(std: 0.02)) + When<FakeLinear>().Weight(Kaiming), Tied());
        Assert.Equal(
            """
            1 error; nothing was changed.
              INIT002 wte.weight [11, 4] of FakeEmbedding: this parameter is shared with head.weight, and the two names get different rules: When<FakeEmbedding>().Weight(Normal(0, 0.02)) here, When<FakeLinear>().Weight(Kaiming) there. Give both the same, or add a last rule that matches both.
            """,
            refused.Message);
        Compiling.Refused(When<FakeEmbedding>().Weight(Ones) + Named("head").Keep(), Tied());
    }

    [Fact]
    public void Tied_weights_are_drawn_once_under_their_first_path_whichever_name_is_matched()
    {
        RuleSet[] agreeing =
        [
            When<FakeEmbedding>().Weight(Normal(std: 0.02)),
            When<FakeLinear>().Weight(Normal(std: 0.02)),
            When<FakeEmbedding>().Weight(Normal(std: 0.02)) + When<FakeLinear>().Weight(Normal(0, 0.02)),
            When<FakeEmbedding, FakeLinear>().Weight(Normal(std: 0.02)),
        ];
        byte[][] drawn = [.. agreeing.Select(rules =>
        {
            TestModel model = Tied();
            Plan plan = rules.Compile(model);
            plan.Apply();
            Assert.Equal("wte.weight", Assert.Single(plan.Steps).Path);
            return model["wte.weight"].Bytes;
        })];
        Assert.All(drawn, bytes => Assert.Equal(drawn[0], bytes));
    }

    [Fact]
    public void A_rule_that_matches_nothing_is_warned_of_with_what_there_is()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 3), TestModel.Lstm("rnn", 3, 4));
        RuleSet rules =
            All.Param("*", Zeros)
            + When<FakeNorm>().Weight(Ones)
            + Named("fcc").Weight(Ones)
            + When<FakeLstm>().Param("weight_hx*", Ones)
            + When<FakeLstm>().Bias(Ones).Param("bias_hh_l9", Ones);
        string[] warnings = [.. rules.Compile(model).Diagnostics.Where(d => d.Code == "INIT101").Select(d => d.Message)];
        Assert.Equal(
            [
                "When<FakeNorm>().Weight(Ones) matches no parameter. Module types with parameters are FakeLinear, FakeLstm.",
                "Named(\"fcc\").Weight(Ones) matches no parameter. Module paths are fc, rnn.",
                "When<FakeLstm>().Param(\"weight_hx*\", Ones) matches no parameter. What it selects has these parameters: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0.",
                ".Param(\"bias_hh_l9\", Ones) of When<FakeLstm>().Bias(Ones).Param(\"bias_hh_l9\", Ones) matches no parameter. What it selects has these parameters: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0.",
            ],
            warnings);
    }

    [Fact]
    public void A_name_of_a_parameter_given_to_Named_is_explained()
    {
        var model = new TestModel(TestModel.Tensor(new(1, 3), path: "pos_embed"));
        Assert.Equal(
            "Named(\"pos_embed\").Weight(Ones) matches no parameter. It matches parameters, not modules: address the module and write .Param(\"pos_embed\", …).",
            Named("pos_embed").Weight(Ones).Compile(model).Diagnostics.Single(d => d.Code == "INIT101").Message);
    }

    [Fact]
    public void A_predicate_that_fails_is_an_error_beside_all_others()
    {
        TestModel model = TestModel.Of(TestModel.Norm("norm", 4), TestModel.Linear("fc", 4, 3));
        byte[][] before = Snapshot(model);
        RuleSet rules = Where(p => p.FanOut > 10).Weight(Ones) + When<FakeLinear>().Bias(Xavier);
        InitException refused = Compiling.Refused(rules, model);
        Assert.Equal(
            """
            2 errors; nothing was changed.
              INIT009 norm.weight [4] of FakeNorm: the function given to Where failed with InvalidOperationException: norm.weight [4] has no fan-in and fan-out; HasFans tells. Rule: Where(…).Weight(Ones). Mend the function; p.HasFans and p.Shape.Rank tell what a parameter has.
              INIT001 fc.bias [4] of FakeLinear: Xavier needs a fan-in and a fan-out, and a parameter of one dimension has none. Rule: When<FakeLinear>().Bias(Xavier). Write .Bias(Zeros), or .Bias(From(p => …)) with the fan-in of the layer, p.FanIn.
            """,
            refused.Message);
        Assert.Equal(before, Snapshot(model));
        Assert.Single(Where(p => p.HasFans && p.FanOut > 3).Weight(Normal()).Compile(model).Steps);
        Assert.Equal(
            "Where(…).Param(\"nothing\", Ones) matches no parameter.",
            Where(p => p.FanOut > 3).Param("nothing", Ones).Compile(model).Diagnostics.Single(d => d.Code == "INIT101").Message);
    }

    [Fact]
    public void A_rule_wholly_shadowed_is_warned_of()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3), TestModel.Linear("b", 4, 3));
        RuleSet rules = Named("a").Weight(Xavier) + When<FakeLinear>().Weight(Kaiming).Bias(Zeros);
        Diagnostic warning = Assert.Single(rules.Compile(model).Diagnostics);
        Assert.Equal(
            "INIT102 warning: Named(\"a\").Weight(Xavier) has no effect: later rules win every parameter it matches "
            + "(When<FakeLinear>().Weight(Kaiming).Bias(Zeros)). General rules come first, exceptions after.",
            warning.ToString());
        Assert.Empty((When<FakeLinear>().Weight(Kaiming).Bias(Zeros) + Named("a").Weight(Xavier)).Compile(model).Diagnostics);
    }

    [Fact]
    public void Equal_weights_keep_units_alike_and_are_warned_of()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 3, bias: false));
        Assert.Equal(
            "INIT103 warning: fc.weight [4, 3] of FakeLinear: every weight is 0.5, so all units of the layer compute the same and get the same gradient. Rule: All.Weight(Const(0.5)). Write a random law, as Kaiming or Xavier.",
            Assert.Single(All.Weight(Const(0.5)).Compile(model).Diagnostics).ToString());
        Assert.Equal(
            "INIT103 warning: fc.weight [4, 3] of FakeLinear: every weight is 0, so all units of the layer compute the same and get the same gradient. Rule: All.Weight(Zeros). Zeros is right for the last layer of a residual branch or a head; elsewhere write a random law.",
            Assert.Single(All.Weight(Zeros).Compile(model).Diagnostics).ToString());
        Assert.Single(All.Weight(Values(new double[4, 3])).Compile(model).Diagnostics);
        Assert.Empty(All.Weight(Const(0.5)).Compile(TestModel.Of(TestModel.Linear("fc", 1, 3, bias: false))).Diagnostics);
        Assert.Empty(When<FakeNorm>().Weight(Ones).Bias(Zeros).Compile(TestModel.Of(TestModel.Norm("n", 5))).Diagnostics);
    }

    [Theory]
    [InlineData("Kaiming", "ReLU", true)]
    [InlineData("Xavier", "ReLU", false)]
    [InlineData("Xavier", "Tanh", true)]
    [InlineData("Xavier.Tanh", "Tanh", true)]
    [InlineData("Kaiming", "Tanh", true)]
    [InlineData("Xavier", "Sigmoid", true)]
    [InlineData("Kaiming", "Sigmoid", false)]
    [InlineData("LeCun", "SELU", true)]
    [InlineData("Kaiming", "SELU", false)]
    [InlineData("Kaiming", "GELU", true)]
    [InlineData("Xavier", "GELU", false)]
    [InlineData("Orthogonal", "ReLU", false)]
    [InlineData("Xavier×√2", "ReLU", true)]
    [InlineData("Normal", "ReLU", true)]
    [InlineData("TorchDefault", "ReLU", true)]
    public void A_gain_that_does_not_fit_the_next_activation_is_warned_of(string init, string activation, bool fits)
    {
        Init chosen = init switch
        {
            "Kaiming" => Kaiming,
            "Xavier" => Xavier,
            "Xavier.Tanh" => Xavier.For(Activation.Tanh),
            "LeCun" => LeCunNormal,
            "Orthogonal" => Orthogonal(),
            "Xavier×√2" => Xavier.Scale(-Math.Sqrt(2)),
            "Normal" => Normal(std: 0.02),
            _ => TorchDefault,
        };
        var follows = (Activation)typeof(Activation).GetProperty(activation)!.GetValue(null)!;
        TestModel model = TestModel.Of(TestModel.Linear("fc", 8, 8, bias: false, then: follows));
        Assert.Equal(fits ? 0 : 1, All.Weight(chosen).Compile(model).Diagnostics.Count(d => d.Code == "INIT104"));
    }

    [Fact]
    public void The_warning_of_a_gain_says_what_happens_and_what_to_write()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 8, 8, bias: false, then: Activation.ReLU));
        Assert.Equal(
            "INIT104 warning: fc.weight [8, 8] of FakeLinear: ReLU follows, whose gain is 1.41421, but the weights have gain 1: the variance is multiplied by 0.5 at this layer. Rule: All.Weight(Xavier). Write Kaiming.",
            Assert.Single(All.Weight(Xavier).Compile(model).Diagnostics).ToString());
    }

    [Fact]
    public void What_no_rule_matches_is_left_alone_and_listed()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3), TestModel.Linear("b", 4, 3), TestModel.Norm("n", 4));
        byte[][] before = Snapshot(model);
        Plan plan = (When<FakeLinear>().Weight(Kaiming) + Named("b").Keep()).Compile(model);
        plan.Apply();
        Assert.Equal(["a.weight"], plan.Steps.Select(step => step.Path));
        Assert.Equal(["a.bias", "b.weight", "b.bias", "n.weight", "n.bias"], plan.Untouched.Select(left => left.Path));
        Assert.Equal([null, "Named(\"b\").Keep()", "Named(\"b\").Keep()", null, null], plan.Untouched.Select(left => left.Rule?.ToString()));
        Assert.Equal(
            "INIT201 info: 3 parameters are matched by no rule and left alone: a.bias, n.weight, n.bias.",
            Assert.Single(plan.Diagnostics).ToString());
        Assert.Equal(before[1..], Snapshot(model)[1..]);
        Assert.NotEqual(before[0], Snapshot(model)[0]);
    }

    [Fact]
    public void Two_parameters_with_one_stream_are_refused()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3, bias: false), TestModel.Linear("a", 5, 3, bias: false));
        Assert.StartsWith(
            "1 error; nothing was changed.\n  INIT006 a.weight [5, 3] of FakeLinear: it would draw the same values as a.weight [4, 3] of FakeLinear".ReplaceLineEndings(),
            Compiling.Refused(All.Weight(Kaiming), model).Message,
            StringComparison.Ordinal);
        TestModel two = TestModel.Of(TestModel.Linear("a", 4, 3), TestModel.Linear("b", 4, 3));
        Compiling.Refused(All.Weight(Kaiming).StreamAs("old"), two);
    }

    [Fact]
    public void A_parameter_that_cannot_be_written_is_found_at_compile()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3));
        model["a.bias"].Unwritable = "it lies on the meta device. Move the model to a real device first.";
        byte[][] before = Snapshot(model);
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(All.Param("*", Zeros)));
        Assert.Equal(
            "INIT005 error: a.bias [4] of FakeLinear: it lies on the meta device. Move the model to a real device first.",
            refused.Diagnostics.Single(d => d.Severity == Severity.Error).ToString());
        Assert.Equal(before, Snapshot(model));
    }

    [Fact]
    public void A_model_that_changed_after_compile_is_found_before_anything_is_written()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3), TestModel.Linear("b", 4, 3));
        Plan plan = All.Param("*", Const(1)).Compile(model);
        byte[][] before = Snapshot(model);
        model["b.weight"].Unwritable = "it has been disposed.";
        model["b.bias"].Unwritable = "it has been disposed.";
        Assert.Equal(2, Assert.Throws<InitException>(() => plan.Apply()).Diagnostics.Count);
        Assert.Equal(before, Snapshot(model));
    }

    [Fact]
    public void PyTorchs_generator_is_refused_where_a_backend_has_none() =>
        Assert.Throws<NotSupportedException>(() =>
            PlanCompiler.Compile(All.Weight(Kaiming), TestModel.Of(), RandomSource.Torch(1)));

    private static TestModel Tied()
    {
        ParamSpec head = TestModel.Linear("head", 11, 4, bias: false)[0].Spec;
        return new TestModel(new MemoryStore(TestModel.Embedding("wte", 11, 4)[0].Spec, [head]));
    }

    private static byte[][] Snapshot(TestModel model) =>
        [.. model.Stores.Select(store => ((MemoryStore)store).Bytes.ToArray())];
}
