namespace InitDsl.Tests;

public class ExplainTests
{
    [Fact]
    public void A_plan_is_an_aligned_table_in_which_repeated_blocks_share_a_row()
    {
        const int Layers = 12;
        TestModel model = TestModel.Of(
        [
            TestModel.Embedding("wte", 100, 16),
            .. Enumerable.Range(0, Layers).SelectMany(i => new[]
            {
                TestModel.Norm($"h.{i}.ln", 16), TestModel.Linear($"h.{i}.fc", 64, 16), TestModel.Linear($"h.{i}.c_proj", 16, 64),
            }),
            TestModel.Linear("head", 10, 16),
        ]);
        RuleSet rules =
            When<FakeLinear, FakeEmbedding>().Weight(Normal(std: 0.02)).Bias(Zeros)
            + Named("*.c_proj").Weight(Normal(std: 0.02).Scale(0.5))
            + Named("head").Keep();
        Assert.Equal(
            """
            TestModel: 75 parameters, 2 kept, 24 left alone, 27,690 values; seed 42

            parameter                ×  shape      rule  over  fan in → out  law              mean   std  min  max
            ──────────────────────  ──  ─────────  ────  ────  ────────────  ───────────────  ────  ────  ───  ───
            wte.weight                  [100, 16]  #1          16 → 100      Normal(0, 0.02)     0  0.02   -∞    ∞
            h.[0-11].ln.weight      12  [16]       -                         left alone
            h.[0-11].ln.bias        12  [16]       -                         left alone
            h.[0-11].fc.weight      12  [64, 16]   #1          16 → 64       Normal(0, 0.02)     0  0.02   -∞    ∞
            h.[0-11].fc.bias        12  [64]       #1          16 → 64       Const(0)            0     0    0    0
            h.[0-11].c_proj.weight  12  [16, 64]   #2    #1    64 → 16       Normal(0, 0.01)     0  0.01   -∞    ∞
            h.[0-11].c_proj.bias    12  [16]       #1          64 → 16       Const(0)            0     0    0    0
            head.weight                 [10, 16]   #3    #1                  kept
            head.bias                   [10]       #3    #1                  kept

            #1  When<FakeLinear, FakeEmbedding>().Weight(Normal(0, 0.02)).Bias(Zeros)
            #2  Named("*.c_proj").Weight(Normal(0, 0.02).Scale(0.5))
            #3  Named("head").Keep()

            INIT201 info: 24 parameters are matched by no rule and left alone: h.0.ln.weight, h.0.ln.bias, h.1.ln.weight, h.1.ln.bias, ….
            """.ReplaceLineEndings(),
            rules.Compile(model).Explain());
        Assert.Equal(75, rules.Compile(model).Explain(fold: false).Split('\n').Count(line => line.Contains(".weight  ") || line.Contains(".bias  ")));
    }

    [Fact]
    public void A_law_whose_blocks_differ_is_a_row_a_block_and_not_one_wide_cell()
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 3, 2), TestModel.Linear("fc", 8, 4));
        RuleSet rules = When<FakeLstm>().Weight(Xavier.PerBlock()).Bias(Chrono(10))
            + When<FakeLinear>().Weight(Orthogonal().PerBlock(2).Blend(Normal().PerBlock(4), 0.25).Clamp(-0.125, 0.125)).Bias(Zeros);
        Assert.Equal(
            """
            TestModel: 6 parameters, 96 values; seed 42

            parameter                    shape   rule  fan in → out  law                                                             mean     std     min    max
            ───────────────────────────  ──────  ────  ────────────  ────────────────────────────────────────────────────────────  ──────  ──────  ──────  ─────
            rnn.weight_ih_l0             [8, 3]  #1    3 → 2 *       Uniform(-1.09545, 1.09545) in 4 blocks                             0  0.6325  -1.095  1.095
            rnn.weight_hh_l0             [8, 2]  #1    2 → 2 *       Uniform(-1.22474, 1.22474) in 4 blocks                             0  0.7071  -1.225  1.225
            rnn.bias_ih_l0               [8]     #1    3 → 2         4 blocks                                                           0   1.115  -2.197  2.197
            rnn.bias_ih_l0[0..2] input   [2]                         LogOfUniform(1, 9) × -1                                       -1.472  0.5666  -2.197      0
            rnn.bias_ih_l0[2..4] forget  [2]                         LogOfUniform(1, 9)                                             1.472  0.5666       0  2.197
            rnn.bias_ih_l0[4..6] cell    [2]                         Const(0)                                                           0       0       0      0
            rnn.bias_ih_l0[6..8] output  [2]                         Const(0)                                                           0       0       0      0
            rnn.bias_hh_l0               [8]     #1    2 → 2         Const(0)                                                           0       0       0      0
            fc.weight                    [8, 4]  #2    4 → 8         Orthogonal(0.25) in 2 blocks + Normal(0, 0.75) in 4 blocks …       ?       ?  -0.125  0.125
            fc.bias                      [8]     #2    4 → 8         Const(0)                                                           0       0       0      0
            * the layer's own fans; PyTorch counts others from the shape, which .WithFans(Fans.Torch) takes

            #1  When<FakeLstm>().Weight(Xavier.PerBlock()).Bias(Chrono(10))
            #2  When<FakeLinear>().Weight(Orthogonal().PerBlock(2).Blend(Normal(0, 1).PerBlock(4), 0.25).Clamp(-0.125, 0.125)).Bias(Zeros)
            """.ReplaceLineEndings(),
            rules.Compile(model).Explain());
        string report = model.Initialize(rules).ToString();
        Assert.Contains("rnn.bias_ih_l0    4 blocks  ", report, StringComparison.Ordinal);
        Assert.All(report.Split('\n'), line => Assert.InRange(line.Length, 0, 150));
    }

    /// <summary>A law of blocks under rules about rows: what is seen, from row to row, and the moments of all of it.</summary>
    [Fact]
    public void Rows_stand_in_their_order_and_only_what_will_be_written()
    {
        TestModel model = TestModel.Of(TestModel.Lstm("rnn", 3, 2));
        RuleSet rules = When<FakeLstm>().Param("weight*", Zeros).Bias(Chrono(10))
            + When<FakeLstm>().Rows(5..7).Bias(Const(3)) + When<FakeLstm>().Gate(Gate.Forget).Param("bias_ih*", Const(1)) + When<FakeLstm>().Rows(6..7).Bias(Const(5));
        string[] lines = [.. rules.Compile(model).Explain().ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("rnn.bias_ih", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "rnn.bias_ih_l0|[8]|#1|3 → 2|3 blocks and 3 slices|0.882|2.084|-2.197|5",
                "rnn.bias_ih_l0[0..2] input|[2]|LogOfUniform(1, 9) × -1|-1.472|0.5666|-2.197|0",
                "rnn.bias_ih_l0[2..4] forget|[2]|#3|#1|3 → 2|Const(1)|1|0|1|1",
                "rnn.bias_ih_l0[4..5] cell|[1]|Const(0)|0|0|0|0",
                "rnn.bias_ih_l0[5..6]|[1]|#2|#1|3 → 2|Const(3)|3|0|3|3",
                "rnn.bias_ih_l0[6..7]|[1]|#4|#1 #2|3 → 1|Const(5)|5|0|5|5",
                "rnn.bias_ih_l0[7..8] output|[1]|Const(0)|0|0|0|0",
            ],
            lines.Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
        model.Initialize(rules);
        Assert.Equal([1f, 1, 0, 3, 5, 0], model["rnn.bias_ih_l0"].Floats[2..]);
    }

    [Fact]
    public void The_moments_of_a_parameter_are_those_of_all_its_rows()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false));
        string Row(RuleSet rules) => string.Join('|', rules.Compile(model).Explain().ReplaceLineEndings("\n").Split('\n')[4].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal("fc.weight|[4, 2]|#1|2 → 4|Const(1) and 1 slice|2|1.732|1|5", Row(Named("fc").Weight(Const(1)) + All.Rows(1..2).Weight(Const(5))));
        Assert.Equal("fc.weight|[4, 2]|#1|2 → 4|Const(1) and 1 slice|?|?|?|?", Row(Named("fc").Weight(Const(1)) + All.Rows(1..2).Keep()));
        Assert.Equal("fc.weight|[4, 2]|-|left alone and 1 slice|?|?|?|?", Row(All.Rows(1..2).Weight(Const(5))));
        Assert.Equal("fc.weight|[4, 2]|-|2 slices|3|2|1|5", Row(All.Rows(0..2).Weight(Const(5)) + All.Rows(2..4).Weight(Const(1))));
    }

    [Fact]
    public void Slices_of_equal_number_and_other_laws_do_not_share_a_row()
    {
        TestModel model = TestModel.Of(TestModel.Linear("h.0", 8, 8, bias: false), TestModel.Linear("h.1", 8, 8, bias: false), TestModel.Linear("h.2", 8, 8, bias: false));
        RuleSet rules = Named("h.[02]").Block(2, 0).Weight(Normal(std: 0.25)) + Named("h.[02]").Block(2, 1).Weight(Normal(std: 0.5))
            + Named("h.1").Block(2, 0).Weight(Normal(std: 0.25)) + Named("h.1").Block(2, 1).Weight(Normal(std: 2));
        string[] report = model.Initialize(rules).ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("h.[0,2].weight  2  2 slices", report[4], StringComparison.Ordinal);
        Assert.StartsWith("h.1.weight         2 slices", report[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_that_differ_are_not_folded_together()
    {
        TestModel model = TestModel.Of(
            TestModel.Linear("h.0", 4, 4, bias: false), TestModel.Linear("h.1", 4, 4, bias: false), TestModel.Linear("h.2", 8, 4, bias: false), TestModel.Linear("h.4", 4, 4, bias: false));
        string text = All.Weight(Normal()).Compile(model).Explain();
        Assert.Contains("h.[0,1,4].weight  3", text, StringComparison.Ordinal);
        Assert.Contains("h.2.weight           [8, 4]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_parameters_is_explained_too() =>
        Assert.Equal("TestModel: 0 parameters, 0 values; seed 42", RuleSet.Empty.Compile(TestModel.Of()).Explain());

    [Fact]
    public void Rules_for_a_model_without_parameters_are_listed_all_the_same() =>
        Assert.Equal(
            """
            TestModel: 0 parameters, 0 values; seed 42

            #1  All.Weight(Normal(0, 1))

            INIT101 warning: All.Weight(Normal(0, 1)) matches no parameter. The model shows no parameters at all; the backend must list those that it is to initialise.
            """.ReplaceLineEndings(),
            All.Weight(Normal()).Compile(TestModel.Of()).Explain());

    [Theory]
    [InlineData(9, "#9  All.Bias(Const(9))")]
    [InlineData(10, "#9   All.Bias(Const(9))")]
    public void Rules_stand_two_spaces_behind_the_longest_number(int count, string ninth)
    {
        RuleSet rules = RuleSet.Of(Enumerable.Range(1, count).Select(i => All.Bias(Const(i))));
        Assert.Contains(ninth, rules.Compile(TestModel.Of(TestModel.Linear("fc", 2, 3))).Explain().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void All_names_of_a_tied_parameter_and_dtypes_that_are_not_float32_are_shown()
    {
        ParamSpec Of(string path) => TestModel.Linear(path, 3, 2, bias: false)[0].Spec;
        var tied = new TestModel(new MemoryStore(Of("emb"), [Of("head"), Of("aux")]));
        Assert.Equal(
            """
            TestModel: 1 parameter, 6 values; seed 42

            parameter                              shape   rule  fan in → out  law           mean  std  min  max
            ─────────────────────────────────────  ──────  ────  ────────────  ────────────  ────  ───  ───  ───
            emb.weight = head.weight = aux.weight  [3, 2]  #1    2 → 3         Normal(0, 1)     0    1   -∞    ∞

            #1  All.Weight(Normal(0, 1))
            """.ReplaceLineEndings(),
            All.Weight(Normal()).Compile(tied).Explain());
        var typed = new TestModel(TestModel.Tensor(new(2)), TestModel.Tensor(new(2), DType.BFloat16, "half"), TestModel.Tensor(new(2), DType.Int64, "count"));
        Assert.Equal(
            """
            TestModel: 3 parameters, 6 values; seed 42

            parameter  shape  dtype     rule  law       mean  std  min  max
            ─────────  ─────  ────────  ────  ────────  ────  ───  ───  ───
            w          [2]              #1    Const(1)     1    0    1    1
            half       [2]    BFloat16  #1    Const(1)     1    0    1    1
            count      [2]    Int64     #1    Const(1)     1    0    1    1

            #1  All.Weight(Ones)
            """.ReplaceLineEndings(),
            All.Weight(Ones).Compile(typed).Explain());
    }

    [Fact]
    public void A_parameter_whose_rows_all_have_rules_of_their_own_shows_those_alone()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 4, 2, bias: false, then: Activation.ReLU));
        Assert.StartsWith(
            """
            TestModel: 1 parameter, 8 values; seed 42

            parameter        shape   rule  over  fan in → out  law           auto           mean    std  min  max
            ───────────────  ──────  ────  ────  ────────────  ────────────  ─────────────  ────  ─────  ───  ───
            fc.weight        [4, 2]  -                         2 slices                      1.5  1.658   -∞    ∞
            fc.weight[0..2]  [2, 2]  #2    #1    2 → 2         Normal(0, 1)  ReLU: Kaiming     0      1   -∞    ∞
            fc.weight[2..4]  [2, 2]  #3    #1    2 → 2         Const(3)                        3      0    3    3
            """.ReplaceLineEndings(),
            (All.Weight(Normal()) + All.Rows(0..2).Weight(Auto) + All.Rows(2..4).Weight(Const(3))).Compile(model).Explain(),
            StringComparison.Ordinal);
    }

    /// <summary>The elements of an identity matrix have not one distribution.</summary>
    [Fact]
    public void The_moments_of_a_slice_are_known_where_all_of_it_is_seen()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 6, 4, bias: false));
        string[] Rows(RuleSet rules) =>
        [
            .. rules.Compile(model).Explain().ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("fc.weight[", StringComparison.Ordinal))
                .Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))),
        ];
        Rule eye = All.Rows(0..4).Weight(Eye);
        Assert.Equal(["fc.weight[0..4]|[4, 4]|#1|4 → 4|Eye|0.25|0.433|0|1"], Rows(eye));
        Assert.Equal(
            ["fc.weight[0..1]|[1, 4]|#1|4 → 4|Eye|?|?|0|1", "fc.weight[1..2]|[1, 4]|#2|#1|4 → 1|Const(5)|5|0|5|5", "fc.weight[2..4]|[2, 4]|#1|4 → 4|Eye|?|?|0|1"],
            Rows(eye + All.Rows(1..2).Weight(Const(5))));
    }

    [Fact]
    public void Parameters_whose_slices_differ_do_not_share_a_row()
    {
        TestModel model = TestModel.Of(TestModel.Linear("h.0", 4, 4, bias: false), TestModel.Linear("h.1", 4, 4, bias: false));
        RuleSet rules = All.Weight(Const(1)) + Named("h.0").Rows(0..2).Weight(Const(3)) + Named("h.1").Rows(0..2).Weight(Const(5));
        string[] lines = rules.Compile(model).Explain().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(
            ["h.0.weight", "h.0.weight[0..2]", "h.1.weight", "h.1.weight[0..2]"],
            lines.Where(line => line.StartsWith("h.", StringComparison.Ordinal)).Select(line => line.Split("  ")[0]));
    }

    [Fact]
    public void A_report_shows_what_was_asked_for_and_what_was_found()
    {
        TestModel model = TestModel.Of(TestModel.Linear("h.0", 64, 64), TestModel.Linear("h.1", 64, 64));
        Report report = model.Initialize(When<FakeLinear>().Weight(Normal(std: 0.5)).Bias(Const(0.25)));
        Assert.Equal(4, report.Entries.Count);
        Assert.Equal(42, report.Seed);
        Assert.All(report.Entries, entry => Assert.Equal(entry.Path.EndsWith("weight", StringComparison.Ordinal) ? 4096 : 64, entry.Found.Count));
        Assert.Equal(new Moments(64, 0.25, 0, 0.25, 0.25), report.Entries[1].Found);
        Assert.InRange(report.Entries[0].Found.Std, 0.46, 0.54);
        string[] lines = report.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Matches("^4 parameters \\(8,320 values\\) initialised in [0-9.]+ s; seed 42$", lines[0]);
        Assert.Contains("h.[0-1].weight  2  Normal(0, 0.5)", lines[4], StringComparison.Ordinal);
    }

    [Property]
    public void Moments_found_are_those_of_the_values_however_they_come(double[] numbers, byte size)
    {
        double[] values = [.. numbers.Where(double.IsFinite).Select(value => (value % 1e6) + 1e7)];
        var accumulator = new MomentAccumulator();
        foreach (double[] part in values.Chunk((size % 5) + 1))
        {
            accumulator.Add(part);
        }

        Moments found = accumulator.Moments;
        Assert.Equal(values.Length, found.Count);
        if (values.Length > 0)
        {
            double mean = values.Average();
            Assert.Equal(mean, found.Mean, 1e-6);
            Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), found.Std, 1e-4);
            Assert.Equal(values.Min(), found.Min);
            Assert.Equal(values.Max(), found.Max);
        }
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1e6, 1e-3)]
    [InlineData(-3.0, 0.0)]
    public void Moments_of_long_spans_are_those_of_their_values(double centre, double spread)
    {
        float[] singles = new float[10_007];
        NormalDraws.Fill(new StreamKey(9), 0, singles, centre, spread);
        double[] doubles = Array.ConvertAll(singles, value => (double)value);
        var narrow = new MomentAccumulator();
        var wide = new MomentAccumulator();
        narrow.Add(singles);
        wide.Add(doubles);
        double mean = doubles.Average();
        double std = Math.Sqrt(doubles.Average(value => (value - mean) * (value - mean)));
        foreach (Moments found in (Moments[])[narrow.Moments, wide.Moments])
        {
            Assert.Equal((doubles.Length, doubles.Min(), doubles.Max()), (found.Count, found.Min, found.Max));
            Assert.Equal(mean, found.Mean, (1e-6 * std) + (1e-12 * (1 + Math.Abs(centre))));
            Assert.InRange(found.Std, std * (1 - 1e-6), std * (1 + 1e-6));
        }
    }

    /// <summary>Where float32 sums would lose their digits: a first value far from the rest, squares that vanish or
    /// overflow.</summary>
    [Theory]
    [InlineData(1000f, 1f)]
    [InlineData(-1e30f, 1e20f)]
    [InlineData(0f, 1e-25f)]
    [InlineData(3e-20f, 1e-22f)]
    [InlineData(0f, 1e30f)]
    public void Moments_of_float32_stay_right_at_the_edges(float first, float spread)
    {
        float[] singles = new float[6_003];
        NormalDraws.Fill(new StreamKey(10), 0, singles, 0, spread);
        singles[0] = first;
        singles[2048] = first;
        double[] doubles = Array.ConvertAll(singles, value => (double)value);
        double mean = doubles.Average();
        double std = Math.Sqrt(doubles.Average(value => (value - mean) * (value - mean)));
        var accumulator = new MomentAccumulator();
        accumulator.Add(singles);
        Moments found = accumulator.Moments;
        Assert.Equal((doubles.Min(), doubles.Max()), (found.Min, found.Max));
        Assert.Equal(mean, found.Mean, 1e-6 * std);
        Assert.Equal(std, found.Std, 1e-6 * std);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Moments_show_values_that_are_not_finite(double value)
    {
        foreach (int at in (int[])[0, 1, 77, 2047, 2048, 5000])
        {
            float[] singles = new float[5001];
            singles[at] = (float)value;
            var narrow = new MomentAccumulator();
            var wide = new MomentAccumulator();
            narrow.Add(singles);
            wide.Add(Array.ConvertAll(singles, single => (double)single));
            double[] bounds = [Math.Min(0, value), Math.Max(0, value)];
            Assert.Equal<double>(bounds, (double[])[narrow.Moments.Min, narrow.Moments.Max]);
            Assert.Equal<double>(bounds, (double[])[wide.Moments.Min, wide.Moments.Max]);
            Assert.False(double.IsFinite(narrow.Moments.Mean) || double.IsFinite(wide.Moments.Mean));
        }
    }
}
