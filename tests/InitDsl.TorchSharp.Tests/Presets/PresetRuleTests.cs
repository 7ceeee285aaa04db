namespace InitDsl.Tests;

/// <summary>What the rules of presets may do that others are warned of.</summary>
public class PresetRuleTests
{
    [Fact]
    public void Rules_of_a_preset_may_match_nothing_and_lose_without_a_warning()
    {
        using Linear model = Linear(3, 4);
        Assert.Empty(Presets.Keras.Compile(model, seed: 1).Diagnostics);
        Assert.Empty((Presets.Keras + All.Weight(Xavier).Bias(Zeros)).Compile(model, seed: 1).Diagnostics);
        Assert.Empty(Presets.Keras.In("*").Compile(Sequential(("fc", Linear(3, 4))), seed: 1).Diagnostics);
    }

    [Fact]
    public void A_preset_that_matches_nothing_says_so()
    {
        using Sequential model = Sequential(("conv", Conv2d(3, 4, 3)), ("norm", BatchNorm2d(4)));
        Diagnostic found = Assert.Single((Presets.Siren + All.Keep()).Compile(model, seed: 1).Diagnostics);
        Assert.Equal(
            "INIT109 warning: Presets.Siren matches no parameter. It is about When<Linear>(); the model has parameters in Conv2d, BatchNorm2d. "
            + "Write the preset of such a model, or rules of your own.",
            found.ToString());
        Assert.Contains(
            "INIT109 warning: Presets.VisionTransformer(VisionTransformerMode.Default) matches no parameter. It is about When<LayerNorm>(), All, When<Linear>(), When<Conv2d>(); the model has parameters in GRU.",
            Presets.VisionTransformer(VisionTransformerMode.Default).Compile(GRU(2, 3), seed: 1).Diagnostics[0].ToString(),
            StringComparison.Ordinal);
        using Sequential empty = Sequential();
        Assert.Equal(
            "INIT109 warning: Presets.Keras matches no parameter. The model shows no parameters at all; a module of your own shows them after RegisterComponents().",
            Assert.Single(Presets.Keras.Compile(empty, seed: 1).Diagnostics).ToString());
    }

    [Fact]
    public void A_preset_that_leaves_parameters_to_nobody_says_of_what_and_what_to_write()
    {
        using var model = new WithToken();
        Assert.Equal(
            [
                "INIT109 warning: Presets.Bert has no rule for 3 parameters of WithToken, Conv2d, nor has any other: token, conv.weight, conv.bias. Write "
                + "Presets.TorchDefault + Presets.Bert, for PyTorch's defaults beneath it; Presets.Bert + When<WithToken>().Param(\"token\", …), for parameters of your own modules; "
                + "All.Keep() + Presets.Bert, where they are to stay as they are.",
                "INIT201 info: 3 parameters are matched by no rule and left alone: token, conv.weight, conv.bias.",
            ],
            Presets.Bert.Compile(model, seed: 1).Diagnostics.Select(found => found.ToString()));
        Assert.DoesNotContain((All.Keep() + Presets.Bert).Compile(model, seed: 1).Diagnostics, found => found.Code == "INIT109");
        Assert.Equal(
            "INIT109 warning: Presets.TorchDefault has no rule for 1 parameter of WithToken, nor has any other: token. Write Presets.TorchDefault + When<WithToken>().Param(\"token\", …), "
            + "for parameters of your own modules; All.Keep() + Presets.TorchDefault, where they are to stay as they are.",
            Presets.TorchDefault.Compile(model, seed: 1).Diagnostics[0].ToString());

        // What it says in the plan, the report says too; what lies outside of a scope is not the preset's.
        Assert.Contains("INIT109 warning: Presets.Bert has no rule", model.Initialize(Presets.Bert, seed: 1).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Presets.Bert.In("fc").Compile(model, seed: 1).Diagnostics, found => found.Code == "INIT109");
        Assert.Contains("INIT109 warning: Presets.Bert matches no parameter. It is about When<Linear, Embedding>().In(\"conv\")", Presets.Bert.In("conv").Compile(model, seed: 1).Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_a_preset_that_goes_by_names_says_where_there_are_none()
    {
        using Sequential model = Sequential(("attention", Linear(4, 4)), ("projection", Linear(4, 4)));
        Assert.Equal(
            "INIT109 warning: Presets.Gpt2() › Named(\"*.c_proj\").Weight(From(…)) goes by names that this model does not have, and matches no parameter. Add the same rule with the model's own names.",
            Assert.Single(Presets.Gpt2().Compile(model, seed: 1).Diagnostics).ToString());
    }

    [Fact]
    public void A_plan_shows_the_preset_that_a_rule_is_of_and_no_long_lists_of_types()
    {
        using Sequential model = Sequential(("fc", Linear(4, 4)));
        string plan = (Presets.TorchDefault + Presets.Gpt2(12) + Named("fc").Bias(Ones)).Compile(model, seed: 1).Explain();
        Assert.Contains("#1  Presets.TorchDefault › When<Linear, Convolution, Bilinear, …>().Param(\"*\", TorchDefault)", plan, StringComparison.Ordinal);
        Assert.Contains("#4  Presets.Gpt2(12) › Named(\"*.c_proj\").Weight(Normal(0, 0.00408248))", plan, StringComparison.Ordinal);
        Assert.Contains("#5  Named(\"fc\").Bias(Ones)", plan, StringComparison.Ordinal);
        Assert.All(plan.Split('\n'), line => Assert.InRange(line.Length, 0, 220));
        string[] presets =
        [
            .. new[] { Presets.Gpt2(), Presets.VisionTransformer(VisionTransformerMode.Jax), Presets.MuP(BaseWidths.Of(model)), Presets.Keras }
                .Select(preset => preset.Rules[0].Preset!),
        ];
        Assert.Equal(["Presets.Gpt2()", "Presets.VisionTransformer(VisionTransformerMode.Jax)", "Presets.MuP(…)", "Presets.Keras"], presets);
        Assert.StartsWith("When<Linear, Convolution, Bilinear, Embedding, EmbeddingBag, NormBase", Presets.TorchDefault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_own_rules_are_warned_of_beside_a_preset()
    {
        using Linear model = Linear(3, 4);
        Plan plan = (Presets.Keras + When<Conv2d>().Weight(Kaiming) + When<Linear>().Weight(Zeros)).Compile(model, seed: 1);
        Assert.Equal(["INIT101", "INIT103"], plan.Diagnostics.Select(found => found.Code).Order());
        plan = (When<Linear>().Weight(Kaiming) + Presets.Keras).Compile(model, seed: 1);
        Assert.Equal(["INIT102"], plan.Diagnostics.Select(found => found.Code));
    }

    [Fact]
    public void A_rule_made_of_a_preset_stays_one_of_it()
    {
        using Linear model = Linear(3, 4);
        Rule rule = Presets.Keras.Rules.Single(rule => rule.ToString().StartsWith("When<PReLU>", StringComparison.Ordinal));
        Assert.Empty((Presets.Keras + rule.StreamAs("old").Weight(Ones).In("*")).Compile(model, seed: 1).Diagnostics);
    }

    [Fact]
    public void The_ones_of_a_norm_over_several_dimensions_are_no_constant_matrix()
    {
        using LayerNorm norm = LayerNorm([2, 3]);
        Assert.Empty(When<LayerNorm>().Weight(Ones).Bias(Zeros).Compile(norm, seed: 1).Diagnostics);
    }

    [Fact]
    public void A_padding_row_stays_zero_under_any_law_and_elsewhere_nothing_changes()
    {
        using var model = Sequential(("words", Embedding(5, 3, padding_idx: 2)), ("fc", Linear(3, 4)));
        Plan plan = When<Embedding, Linear>().Weight(XavierNormal.ZeroPaddingRow().Gain(2)).Bias(Zeros).Compile(model, seed: 1);
        plan.Apply();
        Assert.True(plan.Verify().Passed);
        Assert.IsType<PaddedLaw>(plan.Steps[0].Law);
        Assert.IsType<NormalLaw>(plan.Steps[1].Law);
        Assert.Equal("XavierNormal.Gain(2).ZeroPaddingRow()", XavierNormal.ZeroPaddingRow().Gain(2).ToString());
        Assert.Equal(
            [3, 3, 0, 3, 3],
            Enumerable.Range(0, 5).Select(row => model.get_parameter("words.weight")!.detach()[row].count_nonzero().item<long>()));
        plan = When<Embedding>().Weight(TorchDefault.ZeroPaddingRow()).Compile(model, seed: 1);
        Assert.IsType<NormalLaw>(Assert.IsType<PaddedLaw>(plan.Steps[0].Law).Inner);

        // A block of a table has no padding row: it belongs to the whole.
        using Embedding table = Embedding(6, 3, padding_idx: 5);
        plan = When<Embedding>().Weight(Normal().PerBlock(2).ZeroPaddingRow()).Compile(table, seed: 1);
        Assert.IsType<SlicedLaw>(Assert.IsType<PaddedLaw>(plan.Steps[0].Law).Inner);
        Assert.IsType<SlicedLaw>(When<Embedding>().Weight(Normal().ZeroPaddingRow().PerBlock(2)).Compile(table, seed: 1).Steps[0].Law);
    }

    private sealed class WithToken : Module<Tensor, Tensor>
    {
        private readonly Parameter token = new(zeros(1, 4));
        private readonly Conv2d conv = Conv2d(3, 4, 3);
        private readonly Linear fc = Linear(4, 4);

        internal WithToken()
            : base(nameof(WithToken)) => RegisterComponents();

        public override Tensor forward(Tensor input) => fc.call(conv.call(input).mean([2, 3]) + token);
    }
}
