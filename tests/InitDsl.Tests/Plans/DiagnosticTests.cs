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
              INIT004 gn.weight [4], gn.bias [4] (2 alike) of FakeGroupNorm: FakeGroupNorm leaves this memory uninitialised and no rule covers it. Write When<FakeGroupNorm>().Weight(Ones).Bias(Zeros), or Keep() if you have filled it yourself.
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
        { "from that throws", "INIT009 w [2] of FakeLinear: the function given to From failed with InvalidOperationException: w [2] has no fan-in and fan-out; HasFans tells. Rule: All.Weight(From(…)). Mend the function, or keep the rule from matching this parameter." },
        { "from that returns null", "INIT009 w [2] of FakeLinear: the function given to From returned null. Rule: All.Weight(From(…)). Return an Init, as Zeros." },
        { "a mask that throws", "INIT009 w [2] of FakeLinear: the function given to MaskBy failed with InvalidOperationException: mine. Rule: All.Weight(Ones.MaskBy(…)). Mend the function; it is given as many indices as the parameter has dimensions." },
        { "from that gives what cannot apply", "INIT001 w [2] of FakeLinear: Eye needs a matrix, and the shape [2] is not two-dimensional. Rule: All.Weight(From(…)). Write Ones or Zeros." },
        { "a random integer", "INIT001 w [2] of FakeLinear: Normal(0, 1) does not give whole numbers, and the dtype is Int64. Rule: All.Weight(Normal(0, 1)). Write Keep(), or a whole Const(…)." },
        { "an integer out of range", "INIT001 w [2] of FakeLinear: Const(300) leaves the range of UInt8, 0 to 255. Rule: All.Weight(Const(300)). Write smaller numbers, or give the model a wider dtype." },
        { "too large for half", "INIT001 w [2] of FakeLinear: Normal(0, 10000) leaves the range of Float16, -65504 to 65504. Rule: All.Weight(Normal(0, 10000)). Write smaller numbers, or give the model a wider dtype." },
        { "too small for half", "INIT001 w [2] of FakeLinear: Normal(0, 1E-09) has a spread below 5.96046E-08, the smallest step of Float16: every value would be rounded to 0. Rule: All.Weight(Normal(0, 1E-09)). Write Zeros, a larger std, or give the model a wider dtype." },
        { "sparse too large for half", "INIT001 w [2, 2] of FakeLinear: Sparse(0.99, 20000) leaves the range of Float16, -65504 to 65504. Rule: All.Weight(Sparse(0.99, 20000)). Write smaller numbers, or give the model a wider dtype." },
        { "below half", "INIT001 w [2] of FakeLinear: Const(-65505) leaves the range of Float16, -65504 to 65504. Rule: All.Weight(Const(-65505)). Write smaller numbers, or give the model a wider dtype." },
        { "not a number", "INIT001 w [2] of FakeLinear: Values(2) contains NaN. Rule: All.Weight(Values([2])). Give it numbers." },
        { "a uniform too wide", "INIT001 w [2] of FakeLinear: Uniform(-3E+38, 3E+38) is wider than 3.40282E+38, the largest number it is drawn with. Rule: All.Weight(Uniform(-3E+38, 3E+38)). Write nearer bounds." },
        { "a scale that overflows", "INIT001 w [2] of FakeLinear: TruncNormal(0, Infinity, -Infinity, Infinity) leaves the range of Float32, -3.40282E+38 to 3.40282E+38. Rule: All.Weight(TruncNormal(0, 10, -2, 2).Scale(1E+308)). Write smaller numbers, or give the model a wider dtype." },
        { "a matrix too large", "INIT001 big [131072, 16384] of FakeLinear: Orthogonal() is made in one piece of at most 2,147,483,591 elements, and the shape [131072, 16384] has 2,147,483,648. Rule: All.Weight(Orthogonal()). Write Normal(std: …), or split the parameter." },
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
            "a mask that throws" => (Ones.MaskBy(_ => throw new InvalidOperationException("mine")), TestModel.Tensor(new(2))),
            "from that gives what cannot apply" => (From(_ => Eye), TestModel.Tensor(new(2))),
            "a random integer" => (Normal(), TestModel.Tensor(new(2), DType.Int64)),
            "an integer out of range" => (Const(300), TestModel.Tensor(new(2), DType.UInt8)),
            "too large for half" => (Normal(0, 1e4), TestModel.Tensor(new(2), DType.Float16)),
            "too small for half" => (Normal(0, 1e-9), TestModel.Tensor(new(2), DType.Float16)),
            "sparse too large for half" => (Sparse(0.99, 20000), TestModel.Tensor(new(2, 2), DType.Float16)),
            "below half" => (Const(-65505), TestModel.Tensor(new(2), DType.Float16)),
            "not a number" => (Values(new[] { 1, double.NaN }), TestModel.Tensor(new(2))),
            "a uniform too wide" => (Uniform(-3e38, 3e38), TestModel.Tensor(new(2))),
            "a scale that overflows" => (TruncNormal(0, 10).Scale(1e308), TestModel.Tensor(new(2))),
            "a matrix too large" => (Orthogonal(), TestModel.Imaginary(new(131072, 16384), "big")),
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
    public void What_no_rule_matches_is_equal_to_the_parameter_without_a_rule()
    {
        MemoryStore store = TestModel.Tensor(new(2));
        Assert.Equal(new Untouched(store.Spec, null), Assert.Single(Named("none").Weight(Ones).Compile(new(store)).Untouched));
    }

    [Fact]
    public void Rules_that_lost_a_tied_weight_under_either_name_are_in_their_order()
    {
        Rule ofTable = When<FakeEmbedding>().Weight(Ones);
        Rule ofHead = When<FakeLinear>().Weight(Zeros);
        Rule ofBoth = All.Weight(Normal());
        Assert.Equal([ofTable, ofHead], Assert.Single((ofTable + ofHead + ofBoth).Compile(Tied()).Steps).Shadowed);
        Assert.Equal([ofHead, ofTable], Assert.Single((ofHead + ofTable + ofBoth).Compile(Tied()).Steps).Shadowed);
        Assert.Contains("#1 #2", (ofTable + ofHead + ofBoth).Compile(Tied()).Explain(), StringComparison.Ordinal);
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
    public void The_last_matching_rule_wins_over_all_names_of_a_tied_weight()
    {
        ParamSpec[] aliases = [TestModel.Linear("head", 11, 4, bias: false)[0].Spec, TestModel.Linear("other", 11, 4, bias: false)[0].Spec];
        var model = new TestModel(new MemoryStore(TestModel.Embedding("wte", 11, 4)[0].Spec, aliases));
        Rule embedding = When<FakeEmbedding>().Weight(Normal());
        Rule other = Named("other").Weight(Normal()).StreamAs("old");
        PlanStep step = Assert.Single((embedding + other).Compile(model).Steps);
        Assert.Same(other, step.Rule);
        Assert.Equal([embedding], step.Shadowed);
        Assert.Equal(StreamKey.Of(42, "old.weight"), step.Stream);
        Compiling.Refused(embedding + Named("other").Weight(Normal(std: 2)), model);

        // One rule that matches both names decides by the first.
        Assert.Equal(new NormalLaw(0, 1), Assert.Single(All.Weight(TorchDefault).Compile(model).Steps).Law);
        Compiling.Refused(When<FakeEmbedding>().Weight(TorchDefault) + When<FakeLinear>().Weight(TorchDefault), model);
    }

    [Fact]
    public void A_law_that_cannot_apply_to_a_tied_weight_is_no_conflict_beside_it()
    {
        InitException refused = Compiling.Refused(When<FakeEmbedding>().Weight(Dirac(2)) + When<FakeLinear>().Weight(Dirac(2)), Tied());
        Assert.Equal("INIT001", Assert.Single(refused.Diagnostics, d => d.Severity == Severity.Error).Code);
        refused = Compiling.Refused(When<FakeEmbedding>().Weight(Ones) + When<FakeLinear>().Weight(Dirac(2)), Tied());
        Assert.Equal("INIT001", Assert.Single(refused.Diagnostics, d => d.Severity == Severity.Error).Code);

        // The last of all names' rules wins, as it does over any other that could not apply.
        Assert.Equal(new ConstantLaw(1), Assert.Single((When<FakeEmbedding>().Weight(Dirac(2)) + When<FakeLinear>().Weight(Ones)).Compile(Tied()).Steps).Law);
    }

    [Fact]
    public void Tied_scalars_agree_or_not_like_all_others()
    {
        TestModel Scalar() => new(new MemoryStore(TestModel.Tensor(new(), path: "a").Spec, [TestModel.Tensor(new(), path: "b").Spec]));
        Assert.Equal("INIT002", Assert.Single(Compiling.Refused(Where(p => p.Name == "a").Weight(Ones) + Where(p => p.Name == "b").Weight(Zeros), Scalar()).Diagnostics).Code);
        Assert.Single((Where(p => p.Name == "a").Weight(Ones) + Where(p => p.Name == "b").Weight(Ones)).Compile(Scalar()).Steps);
    }

    [Fact]
    public void Everything_against_one_parameter_is_said_at_once()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3));
        model["a.bias"].Unwritable = "it has been disposed.";
        InitException refused = Compiling.Refused(All.Bias(Kaiming), model);
        Assert.Equal(["INIT001", "INIT005"], refused.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code));
    }

    [Fact]
    public void What_the_backend_found_is_part_of_the_diagnostics()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3));
        model.Found.Add(new("INIT003", Severity.Error, "b", "gone"));
        Assert.Contains(Compiling.Refused(All.Bias(Zeros), model).Diagnostics, d => d.Code == "INIT003");
    }

    [Fact]
    public void A_selector_that_leaves_all_of_an_opaque_module_out_matches_nothing()
    {
        var model = new TestModel(new MemoryStore(new()
        {
            ModulePath = "enc.linear1",
            InnerPath = "linear1",
            Name = "weight",
            ModuleType = typeof(List<FakeModule>),
            Node = ModuleNode.Root(new object()).With([("enc", new List<FakeModule>())], inOrder: false)[0],
            Role = ParamRole.Weight,
            Shape = new(2, 2),
        }));
        Assert.Equal(
            "When<List<FakeModule>>().And(Named(\"enc.*\").Not()).Weight(Ones) matches no parameter.",
            (When<List<FakeModule>>() & !Named("enc.*")).Weight(Ones).Compile(model).Diagnostics[0].Message);
    }

    [Fact]
    public void Layers_that_start_alike_and_are_not_covered_are_warned_of()
    {
        MemoryStore Of(string inner) => new(new()
        {
            ModulePath = $"enc.{inner}",
            InnerPath = inner,
            Name = "weight",
            ModuleType = typeof(List<FakeModule>),
            Role = ParamRole.Weight,
            Shape = new(2, 2),
            StartsLikeItsSiblings = true,
        });
        var model = new TestModel(Of("layers.0.linear1"), Of("layers.1.linear1"));
        Assert.Equal(
            "INIT105 warning: enc.layers.0.linear1.weight [2, 2] of List<FakeModule>: List<FakeModule> starts its layers with the same values, and no rule covers this parameter and 1 others like it. Write When<List<FakeModule>>().Param(\"*\", TorchDefault).",
            RuleSet.Empty.Compile(model).Diagnostics[0].ToString());
        Assert.Empty(All.Weight(Normal()).Compile(model).Diagnostics);
    }

    [Fact]
    public void Kept_memory_that_was_never_initialised_is_warned_of()
    {
        TestModel model = TestModel.Of(TestModel.GroupNorm("gn", 4));
        Assert.Equal(
            "INIT107 warning: gn.weight [4] of FakeGroupNorm: FakeGroupNorm leaves this memory uninitialised, and Named(\"gn\").Keep() keeps it so, unless you have filled it yourself. Write When<FakeGroupNorm>().Weight(Ones).Bias(Zeros).",
            Named("gn").Keep().Compile(model).Diagnostics[0].ToString());
    }

    [Fact]
    public void An_activation_that_is_named_must_be_the_one_that_follows()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 8, 8, bias: false, then: Activation.Tanh));
        Assert.Equal("INIT104", Assert.Single(All.Weight(Kaiming.For(Activation.ReLU)).Compile(model).Diagnostics).Code);
        Assert.Equal("INIT104", Assert.Single(All.Weight(Orthogonal().For(Activation.ReLU).Scale(2)).Compile(model).Diagnostics).Code);
        Assert.Empty(All.Weight(Kaiming.For(Activation.Tanh).FanOut()).Compile(model).Diagnostics);
    }

    [Fact]
    public void What_is_said_of_many_blocks_is_said_once()
    {
        TestModel model = TestModel.Of([.. Enumerable.Range(0, 60).Select(i => TestModel.Linear($"h.{i}.fc", 4, 3))]);
        InitException refused = Compiling.Refused(When<FakeLinear>().Bias(Xavier), model);
        Assert.Equal(60, refused.Diagnostics.Count(d => d.Severity == Severity.Error));
        Assert.Equal(
            """
            60 errors; nothing was changed.
              INIT001 h.[0-59].fc.bias [4] (60 alike) of FakeLinear: Xavier needs a fan-in and a fan-out, and a parameter of one dimension has none. Rule: When<FakeLinear>().Bias(Xavier). Write .Bias(Zeros), or .Bias(From(p => …)) with the fan-in of the layer, p.FanIn.
            """,
            refused.Message);
        string report = model.Initialize(When<FakeLinear>().Weight(Zeros).Bias(Zeros)).ToString();
        Assert.Contains("INIT103 warning: h.[0-59].fc.weight [4, 3] (60 alike) of FakeLinear: every weight is 0", report, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_of_many_parameters_is_said_once_with_the_first_of_them()
    {
        TestModel model = TestModel.Of(
        [
            TestModel.Linear("stem", 4, 3), TestModel.Linear("neck", 6, 4),
            .. Enumerable.Range(0, 5).Select(i => TestModel.Linear($"h.{i}.fc", 6, 6)),
            TestModel.Linear("aux", 2, 6), TestModel.Linear("head", 2, 6), TestModel.Norm("norm", 6),
        ]);
        InitException refused = Compiling.Refused(All.Bias(Xavier), model);
        Assert.Equal(10, refused.Diagnostics.Count(d => d.Severity == Severity.Error));
        Assert.Equal(
            """
            10 errors; nothing was changed.
              INIT001 stem.bias [4], neck.bias [6], h.[0-4].fc.bias [6], … (9 alike) of FakeLinear: Xavier needs a fan-in and a fan-out, and a parameter of one dimension has none. Rule: All.Bias(Xavier). Write .Bias(Zeros), or .Bias(From(p => …)) with the fan-in of the layer, p.FanIn.
              INIT001 norm.bias [6] of FakeNorm: Xavier needs a fan-in and a fan-out, and a parameter of one dimension has none. Rule: All.Bias(Xavier). Write .Bias(Zeros), or .Bias(From(p => …)) with the fan-in of the layer, p.FanIn.
            """,
            refused.Message);

        // Rows are part of the place.
        InitException rows = Compiling.Refused(When<FakeLinear>().Rows(1..2).Bias(Xavier), model);
        Assert.Contains("INIT001 stem.bias[1..2] [1], neck.bias[1..2] [1], h.[0-4].fc.bias[1..2] [1], … (9 alike) of FakeLinear: Xavier", rows.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wieght_hh*", "weight_hh*")]
    [InlineData("weight_hx*", "weight_hh*")]
    [InlineData("weigth_ih_l?", "weight_ih_l?")]
    [InlineData("*_hh_ll0", "*_hh_l0")]
    [InlineData("BIAS_ih_l0", "bias_ih_l0")]
    [InlineData("kernel", null)]
    [InlineData("*x", null)]
    [InlineData("weight_[xy]h_l0", null)]
    [InlineData("{weigth,bais}_ih_l0", null)]
    public void A_name_that_is_nearly_one_is_guessed(string written, string? meant)
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 3, 4));
        string[] messages =
        [
            When<FakeLstm>().Param(written, Ones).Compile(model).Diagnostics.Single(d => d.Code == "INIT101").Message,
            When<FakeLstm>().Bias(Ones).Param(written, Zeros).Compile(model).Diagnostics.Single(d => d.Code == "INIT101").Message,
        ];
        string hint = "matches no parameter. " + (meant is null ? "" : $"Did you mean \"{meant}\"? ") + "What it selects has these parameters: weight_ih_l0, ";
        Assert.All(messages, message => Assert.Contains(hint, message, StringComparison.Ordinal));
        if (meant is not null)
        {
            Assert.DoesNotContain(When<FakeLstm>().Param(meant, Ones).Compile(model).Diagnostics, d => d.Code == "INIT101");
        }
    }

    [Fact]
    public void A_pattern_over_paths_is_mended_too()
    {
        TestModel model = TestModel.Of(TestModel.Linear("h.0.c_fc", 4, 3), TestModel.Linear("h.0.c_proj", 4, 3));
        Assert.Equal(
            "Named(\"*.c_porj\").Weight(Ones) matches no parameter. Did you mean \"*.c_proj\"? Module paths are h.0.c_fc, h.0.c_proj.",
            Named("*.c_porj").Weight(Ones).Compile(model).Diagnostics.Single(d => d.Code == "INIT101").Message);
    }

    /// <summary>Whatever is guessed matches a name, and is no longer what was written.</summary>
    [Property]
    public void What_is_guessed_is_a_pattern_that_matches_one_of_the_names(uint letters, byte length, byte star, byte changed)
    {
        string name = string.Concat(Enumerable.Range(0, 4 + (length % 9)).Select(i => (char)('a' + ((letters >> i) & 3))));
        char[] written = name.ToCharArray();
        written[changed % written.Length] = 'z';
        written[star % written.Length] = '*';
        string pattern = new(written);
        string? guessed = NearestName.Of(pattern, ["zzzzzzzzzzzzzzzzzzzz", name]);
        Assert.True(guessed is null || (new Glob(guessed).Matches(name) && guessed != pattern), $"{pattern}, {name}: {guessed}");
        Assert.True(guessed is not null || changed % written.Length == star % written.Length, $"{pattern}, {name}: nothing guessed");
    }

    [Fact]
    public void A_model_that_shows_no_parameters_is_explained()
    {
        Plan plan = When<FakeLinear>().Weight(Zeros).Compile(TestModel.Of());
        Assert.Equal(
            "When<FakeLinear>().Weight(Zeros) matches no parameter. The model shows no parameters at all; the backend must list those that it is to initialise.",
            Assert.Single(plan.Diagnostics).Message);
        Assert.Equal("nothing to verify: the plan writes no parameter", plan.Verify().ToString());
    }

    [Fact]
    public void A_model_that_changed_is_no_longer_verified()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3));
        Plan plan = All.Param("*", Const(1)).Compile(model);
        plan.Apply();
        model["a.bias"].Unwritable = "its tensor has been disposed.";
        VerificationFailure failure = Assert.Single(plan.Verify().Failures);
        Assert.Equal(("state", "a.bias"), (failure.Property, failure.Path));
    }

    [Fact]
    public void A_word_shadowed_within_its_own_rule_is_warned_of()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3));
        Assert.Equal(
            "INIT102 warning: .Param(\"weight\", Ones) of All.Param(\"weight\", Ones).Weight(Normal(0, 1)).Bias(Zeros) has no effect: later words of the same rule win what it is about.",
            Assert.Single(All.Param("weight", Ones).Weight(Normal()).Bias(Zeros).Compile(model).Diagnostics).ToString());
        Assert.Equal("INIT102", Assert.Single(All.Weight(Normal()).Keep().Compile(model).Diagnostics).Code);
    }

    [Fact]
    public void A_padding_row_that_is_drawn_is_told()
    {
        TestModel model = TestModel.Of(TestModel.Embedding("emb", 5, 3, padding: 1));
        Assert.Equal(
            "INIT106 warning: emb.weight [5, 3] of FakeEmbedding: row 1 is the padding entry, zero now, and is drawn like the others. It gets no gradient and stays so. Rule: All.Weight(Normal(0, 1)). Write .ZeroPaddingRow() after the initializer, or TorchDefault.",
            Assert.Single(All.Weight(Normal()).Compile(model).Diagnostics).ToString());
        Assert.Empty(All.Weight(TorchDefault).Compile(model).Diagnostics);
    }

    [Fact]
    public void Values_of_the_backends_are_read_and_refused_with_its_reason()
    {
        var model = new TestModel(TestModel.Tensor(new(2)));
        model.Initialize(All.Weight(Values(new Uri("about:blank"))));
        Assert.Equal([7, 8], model["w"].Doubles);
        Assert.Contains("It has no values. Rule: All.Weight(Values(tensor)).", Compiling.Refused(All.Weight(Values(new object())), model).Message, StringComparison.Ordinal);
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
                "Named(\"fcc\").Weight(Ones) matches no parameter. Did you mean \"fc\"? Module paths are fc, rnn.",
                "When<FakeLstm>().Param(\"weight_hx*\", Ones) matches no parameter. Did you mean \"weight_hh*\"? What it selects has these parameters: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0.",
                ".Param(\"bias_hh_l9\", Ones) of When<FakeLstm>().Bias(Ones).Param(\"bias_hh_l9\", Ones) matches no parameter. Did you mean \"bias_hh_l0\"? What it selects has these parameters: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0.",
            ],
            warnings);
    }

    [Fact]
    public void Up_to_six_names_are_listed_and_the_root_is_named()
    {
        static string Hint(RuleSet rules, TestModel model) =>
            Assert.Single(rules.Compile(model).Diagnostics, d => d.Code == "INIT101").Message.Split(" matches no parameter. ")[1];
        TestModel Layers(int count) => TestModel.Of([.. Enumerable.Range(0, count).Select(i => TestModel.Linear($"layer{i}", 2, 2, bias: false))]);
        Assert.Equal("Module paths are layer0, layer1, layer2, layer3, layer4, layer5.", Hint(Named("zzzzzzzz").Weight(Ones), Layers(6)));
        Assert.Equal("Module paths are layer0, layer1, layer2, layer3, layer4, layer5, ….", Hint(Named("zzzzzzzz").Weight(Ones), Layers(7)));
        Assert.Equal(
            "Module paths are \"\" (the root), fc.",
            Hint(Named("zzzzzzzz").Weight(Ones), TestModel.Of([TestModel.Tensor(new(2))], TestModel.Linear("fc", 2, 2, bias: false))));
        ParamSpec bare = new() { ModulePath = "", Name = "w", Role = ParamRole.Weight, Shape = new(2) };
        Assert.Equal("Module types with parameters are none.", Hint(When<FakeNorm>().Weight(Ones), new(new MemoryStore(bare))));
    }

    [Fact]
    public void A_predicate_that_selects_nothing_is_told_what_words_address()
    {
        static string Message(RuleSet rules) =>
            Assert.Single(rules.Compile(TestModel.Of(TestModel.Linear("fc", 4, 3))).Diagnostics, d => d.Code == "INIT101").Message;
        const string Roles = "Where(…){0} matches no parameter. .Weight addresses names that begin with weight or end with _weight, .Bias likewise, .Param(\"*\", …) all.";
        Assert.Equal(Roles.Replace("{0}", ".Weight(Ones)", StringComparison.Ordinal), Message(Where(_ => false).Weight(Ones)));
        Assert.Equal(Roles.Replace("{0}", ".Weight(Ones).Param(\"w*\", Ones)", StringComparison.Ordinal), Message(Where(_ => false).Weight(Ones).Param("w*", Ones)));
        Assert.Equal("Where(…).Param(\"w*\", Ones) matches no parameter.", Message(Where(_ => false).Param("w*", Ones)));
    }

    [Fact]
    public void A_name_nearly_that_of_a_parameter_inside_an_opaque_module_is_guessed()
    {
        var inside = new MemoryStore(new()
        {
            ModulePath = "attn.out_proj", InnerPath = "out_proj", Name = "weight", ModuleType = typeof(FakeLstm), Role = ParamRole.Weight, Shape = new(2, 2),
        });
        Assert.Equal(
            "All.Param(\"out_proj.weigth\", Ones) matches no parameter. Did you mean \"out_proj.weight\"? What it selects has these parameters: out_proj.weight.",
            Assert.Single(All.Param("out_proj.weigth", Ones).Compile(new(inside)).Diagnostics, d => d.Code == "INIT101").Message);
    }

    [Theory]
    [InlineData("fc.weight", "Named(\"fc\").Weight(…)")]
    [InlineData("fc.bias", "Named(\"fc\").Bias(…)")]
    [InlineData("fc.weight_g", "Named(\"fc\").Param(\"weight_g\", …)")]
    [InlineData("weight", "When<FakeNorm>().Param(\"weight\", …)")]
    [InlineData("bias", "When<FakeNorm>().Param(\"bias\", …)")]
    public void The_path_of_a_parameter_is_told_as_the_words_that_select_it(string path, string words)
    {
        static MemoryStore Store(string module, string name, ParamRole role, Type type) =>
            new(new() { ModulePath = module, Name = name, ModuleType = type, Role = role, Shape = new(2) });
        var model = new TestModel(
            Store("", "weight", ParamRole.Other, typeof(FakeNorm)), Store("", "bias", ParamRole.Other, typeof(FakeNorm)),
            Store("fc", "weight", ParamRole.Weight, typeof(FakeLinear)), Store("fc", "bias", ParamRole.Bias, typeof(FakeLinear)),
            Store("fc", "weight_g", ParamRole.Weight, typeof(FakeLinear)));
        Assert.Equal(
            $"Named(\"{path}\").Weight(Ones) matches no parameter. That is the path of a parameter, not of a module: write {words}.",
            Assert.Single(Named(path).Weight(Ones).Compile(model).Diagnostics, d => d.Code == "INIT101").Message);
    }

    [Fact]
    public void A_name_of_a_parameter_given_to_Named_is_explained()
    {
        var model = new TestModel(TestModel.Tensor(new(1, 3), path: "pos_embed"));
        Assert.Equal(
            "Named(\"pos_embed\").Weight(Ones) matches no parameter. That is the path of a parameter, not of a module: write When<FakeLinear>().Param(\"pos_embed\", …).",
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
            "INIT103 warning: fc.weight [4, 3] of FakeLinear: every weight is 0, so all units of the layer compute the same and get the same gradient. Rule: All.Weight(Zeros). Zeros is right for the last layer of a residual branch or a head: single it out, as with Named or LastIn; elsewhere write a random law.",
            Assert.Single(All.Weight(Zeros).Compile(model).Diagnostics).ToString());
        Assert.Single(All.Weight(Values(new double[4, 3])).Compile(model).Diagnostics);
        Assert.Single(When<FakeLinear>().In("fc").Weight(Zeros).Compile(model).Diagnostics);
        Assert.Single((!Named("norm")).Weight(Zeros).Compile(model).Diagnostics);
        Assert.Single((All | Named("fc")).Weight(Zeros).Compile(model).Diagnostics);
        Assert.Empty(All.Weight(Const(0.5)).Compile(TestModel.Of(TestModel.Linear("fc", 1, 3, bias: false))).Diagnostics);
        Assert.Empty(When<FakeNorm>().Weight(Ones).Bias(Zeros).Compile(TestModel.Of(TestModel.Norm("n", 5))).Diagnostics);
    }

    [Fact]
    public void Constants_of_layers_that_are_singled_out_and_of_rows_are_meant()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 3, bias: false), TestModel.Linear("out", 4, 3, bias: false));
        Rule all = All.Weight(Kaiming);
        Selector[] single = [Named("out"), Where(p => p.Path == "out.weight"), When<FakeLinear>() & Named("out"), Named("out") | Named("fc")];
        Assert.All(single, selector => Assert.DoesNotContain((all + selector.Weight(Zeros)).Compile(model).Diagnostics, found => found.Code == "INIT103"));
        TestModel tree = FakeTree.In("", FakeTree.Linear("fc"), FakeTree.In("block", FakeTree.Linear("out"))).Model();
        Selector[] byPlace = [When<FakeTree.Layer>(layer => layer.Name == "out"), When<FakeTree.Layer>().ChildOf<FakeTree.Block>(), When<FakeTree.Layer>().LastIn<FakeTree.Block>()];
        Assert.All(byPlace, selector => Assert.DoesNotContain((all + selector.Weight(Zeros)).Compile(tree).Diagnostics, found => found.Code == "INIT103"));
        Assert.Equal(2, (all + When<FakeTree.Layer>().Weight(Zeros)).Compile(tree).Diagnostics.Count(found => found.Code == "INIT103"));
        Assert.Empty((all + Named("out").Weight(Const(0.5))).Compile(model).Diagnostics);
        Assert.Empty((all + All.Rows(0..2).Weight(Zeros)).Compile(model).Diagnostics);
        Assert.Equal(2, (all + Named("*").Weight(Zeros)).Compile(model).Diagnostics.Count(found => found.Code == "INIT103"));
        Assert.Equal(2, (all + When<FakeLinear>().Weight(Zeros)).Compile(model).Diagnostics.Count(found => found.Code == "INIT103"));
    }

    [Fact]
    public void A_rule_of_a_preset_is_shown_by_the_preset_and_shortened()
    {
        Rule preset = When(typeof(FakeLinear), typeof(FakeConv), typeof(FakeNorm), typeof(FakeLstm), typeof(FakeEmbedding)).Bias(Xavier).AsOptional("Presets.Mine(12)");
        const string Shown = "Presets.Mine(12) › When<FakeLinear, FakeConv, FakeNorm, …>().Bias(Xavier)";
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 3));
        Assert.Contains($"Rule: {Shown}. Write", Compiling.Refused(preset, model).Message, StringComparison.Ordinal);
        Plan plan = (Named("fc").Bias(Ones) + preset + Named("fc").Bias(Zeros)).Compile(model);
        Assert.Contains($"#2  {Shown}{Environment.NewLine}", plan.Explain(), StringComparison.Ordinal);
        plan = (Named("fc").Bias(Ones) + When<FakeLinear>().Bias(Zeros).AsOptional("Presets.Mine(12)")).Compile(model);
        Assert.Contains(
            "later rules win every parameter it matches (Presets.Mine(12) › When<FakeLinear>().Bias(Zeros)).",
            Assert.Single(plan.Diagnostics, found => found.Code == "INIT102").Message,
            StringComparison.Ordinal);

        // In code and in the text of a rule file it stands in full.
        Assert.Equal("When<FakeLinear, FakeConv, FakeNorm, FakeLstm, FakeEmbedding>().Bias(Xavier)", preset.ToString());
        Assert.Contains("FakeEmbedding", preset.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_of_names_that_matches_nothing_at_all_is_told_once()
    {
        RuleSet preset = Named("attn").Weight(Xavier).AsOptional("Presets.Mine") + Named("mlp").Weight(Xavier).AsOptional("Presets.Mine");
        Assert.Equal(
            ["INIT109 warning: Presets.Mine matches no parameter. It is about Named(\"attn\"), Named(\"mlp\"); the model has parameters in FakeLinear. Write the preset of such a model, or rules of your own."],
            (All.Keep() + preset).Compile(TestModel.Of(TestModel.Linear("fc", 4, 3))).Diagnostics.Select(found => found.ToString()));

        // Beside a rule of the preset that matches, one of a name is told by itself, on whichever side of And the name stands.
        Rule[] ofNames =
        [
            (Named("x") & When<FakeLinear>()).Weight(Xavier).AsOptional("Presets.Mine"),
            (When<FakeLinear>() & Named("x")).Weight(Xavier).AsOptional("Presets.Mine"),
        ];
        Assert.All(ofNames, rule => Assert.Single(
            (When<FakeLinear>().Weight(Xavier).Bias(Zeros).AsOptional("Presets.Mine") + rule).Compile(TestModel.Of(TestModel.Linear("fc", 4, 3))).Diagnostics,
            found => found.Code == "INIT109"));
    }

    [Fact]
    public void What_a_preset_leaves_to_nobody_is_told_of_all_parts_of_the_model_that_it_is_used_on()
    {
        TestModel model = TestModel.Of(TestModel.Linear("a", 4, 3), TestModel.Linear("b", 4, 3), TestModel.Linear("c", 4, 3));
        Rule preset = When<FakeLinear>().Weight(Xavier).AsOptional("Presets.Mine");
        Assert.StartsWith(
            "INIT109 warning: Presets.Mine has no rule for 2 parameters of FakeLinear, nor has any other: a.bias, b.bias. Write ",
            (preset.In("a") + preset.In("b")).Compile(model).Diagnostics[0].ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Gains_are_seen_through_the_words_around_them()
    {
        Init[] inits = [Xavier.PerBlock(2), Xavier.RepeatEach(2), Xavier.ZeroPaddingRow(), Xavier.Cast(DType.BFloat16), Orthogonal().Scale(1)];
        Assert.All(inits, init => Assert.Single(
            All.Weight(init).Compile(TestModel.Of(TestModel.Linear("fc", 8, 8, bias: false, then: Activation.ReLU))).Diagnostics, found => found.Code == "INIT104"));
        MemoryStore[] conv = TestModel.Layer<FakeConv>("conv", LayerKind.Convolution, new(8, 8, 3), FanAxes.Convolution(1), false, Activation.ReLU);
        Assert.All((Init[])[DeltaOrthogonal(), BlockOrthogonal(-1)], init => Assert.Single(All.Weight(init).Compile(TestModel.Of(conv)).Diagnostics, found => found.Code == "INIT104"));
        Assert.Empty(All.Weight(DeltaOrthogonal(Math.Sqrt(2))).Compile(TestModel.Of(conv)).Diagnostics);
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
    public void The_warning_of_a_gain_goes_by_the_gain_where_the_layer_has_no_fans()
    {
        var model = new TestModel(new MemoryStore(new()
        {
            ModulePath = "fc", Name = "weight", ModuleType = typeof(FakeModule), Role = ParamRole.Weight, Shape = new(4, 4), FollowedBy = Activation.ReLU,
        }));
        Assert.Contains(
            "ReLU follows, whose gain is 1.41421, but the weights have gain 3: the variance is multiplied by 4.5 at this layer.",
            Assert.Single(All.Weight(Orthogonal(3)).Compile(model).Diagnostics).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sigmoid", "Xavier.")]
    [InlineData("Tanh", "Kaiming.For(Activation.Tanh), or Xavier with gain 1, as its authors start such networks.")]
    [InlineData("SELU", "Kaiming.For(Activation.SELU), or LeCunNormal with gain 1, as its authors start such networks.")]
    public void The_warning_of_a_gain_names_what_the_authors_of_an_activation_start_with(string name, string published)
    {
        var activation = (Activation)typeof(Activation).GetProperty(name)!.GetValue(null)!;
        TestModel model = TestModel.Of(TestModel.Linear("fc", 8, 8, bias: false, then: activation));
        double factor = 9 / (activation.Gain * activation.Gain);
        Assert.Equal(
            $"INIT104 warning: fc.weight [8, 8] of FakeLinear: {name} follows, whose gain is {Numbers.Six(activation.Gain)}, but the weights have gain 3: "
            + $"the variance is multiplied by {Numbers.Six(factor)} at this layer. Rule: All.Weight(Kaiming.Gain(3)). Write {published}",
            Assert.Single(All.Weight(Kaiming.Gain(3)).Compile(model).Diagnostics).ToString());
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
            "1 error; nothing was changed.\n  INIT007 a.weight [5, 3] of FakeLinear: a.weight [4, 3] of FakeLinear has the same path".ReplaceLineEndings(),
            Compiling.Refused(All.Weight(Kaiming), model).Message,
            StringComparison.Ordinal);
        Assert.Equal("INIT007", Assert.Single(Compiling.Refused(All.Keep(), model).Diagnostics, found => found.Severity == Severity.Error).Code);
        TestModel two = TestModel.Of(TestModel.Linear("a", 4, 3), TestModel.Linear("b", 4, 3));
        Assert.StartsWith(
            "1 error; nothing was changed.\n  INIT006 b.weight [4, 3] of FakeLinear: it would draw the same values as a.weight [4, 3] of FakeLinear".ReplaceLineEndings(),
            Compiling.Refused(All.Weight(Kaiming).StreamAs("old"), two).Message,
            StringComparison.Ordinal);

        // Once, however many of their rows it is about.
        RuleSet rows = All.Rows(0..1).Weight(Normal()).StreamAs("old") + All.Rows(1..2).Weight(Normal()).StreamAs("old");
        Assert.Single(Compiling.Refused(rows, two).Diagnostics, found => found.Code == "INIT006");
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
