using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>The formulas of microsoft/mup for networks of two widths over one base.</summary>
public class MuPTests
{
    private static readonly VitConfig Base = VitConfig.Tiny;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void Output_layers_and_biases_keep_the_laws_of_the_base_width(int multiplier)
    {
        using VisionTransformer narrow = Deferred.Build(() => new VisionTransformer(Base));
        using VisionTransformer wide = Deferred.Build(() => new VisionTransformer(Base with { Width = multiplier * Base.Width }));
        (double atBase, double wideness) = (Base.Width, multiplier * Base.Width);
        RuleSet rules = Presets.MuP(BaseWidths.Of(narrow)) + All.Param("{pos_embed,cls_token}", Zeros);
        new LawTable
        {
            { "pos_embed", Zero },
            { "cls_token", Zero },
            { "*norm*.weight", One },
            { "*norm*.bias", Zero },
            { "patch_embed.proj.*", PlusMinus(1 / Math.Sqrt(3 * 8 * 8)) },        // from a fixed number of inputs
            { "head.*", PlusMinus(1 / Math.Sqrt(atBase)) },                        // to a fixed number of outputs
            { "blocks.?.attn.*.weight", PlusMinus(1 / Math.Sqrt(wideness)) },      // from width to width
            { "blocks.?.mlp.fc1.weight", PlusMinus(1 / Math.Sqrt(wideness)) },
            { "blocks.?.mlp.fc2.weight", PlusMinus(1 / Math.Sqrt(4 * wideness)) },
            { "blocks.?.mlp.fc2.bias", PlusMinus(1 / Math.Sqrt(4 * atBase)) },
            { "*.bias", PlusMinus(1 / Math.Sqrt(atBase)) },
        }.Holds(rules, wide);
    }

    [Fact]
    public void MuP_at_the_base_width_is_PyTorchs_default()
    {
        using var model = new Bert(BertConfig.Tiny);
        Plan plan = Presets.MuP(BaseWidths.Of(model)).Compile(model, seed: 1);
        Assert.Equal(
            Presets.TorchDefault.Compile(model, seed: 1).Steps.Select(step => (step.Path, step.Law)),
            plan.Steps.Select(step => (step.Path, step.Law)));
        plan.Apply();
        Assert.True(plan.Verify().Passed);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(192)]
    [InlineData(768)]
    public void Fixed_deviations_shrink_by_the_root_of_the_multiplier_where_both_dimensions_grow(long width)
    {
        using Bert narrow = Deferred.Build(() => new Bert(BertConfig.Tiny));
        using Bert wide = Deferred.Build(() => new Bert(BertConfig.Tiny with { Width = width }));
        var widths = BaseWidths.Of(narrow);
        RuleSet rules = Presets.Bert + When<Linear, Embedding>().Weight(widths.FixedStd(Normal(std: 0.02)).ZeroPaddingRow());
        double multiplier = width / 48.0;
        new LawTable
        {
            { "embeddings.word_embeddings.weight", Gaussian(0.02).ButOneRowOf(128) },
            { "embeddings.*_embeddings.weight", Gaussian(0.02) },
            { "*LayerNorm.weight", One },
            { "*LayerNorm.bias", Zero },
            { "*.weight", Gaussian(0.02 / Math.Sqrt(multiplier)) },
            { "*.bias", Zero },
        }.Holds(rules, wide);
    }

    [Fact]
    public void Multipliers_are_those_of_infshape()
    {
        using var narrow = Sequential(("in", Linear(3, 8)), ("mid", Linear(8, 4)), ("out", Linear(4, 2)), ("conv", Conv2d(4, 8, 3)));
        using var wide = Sequential(("in", Linear(3, 16)), ("mid", Linear(16, 12)), ("out", Linear(12, 2)), ("conv", Conv2d(20, 16, 3)));
        var widths = BaseWidths.Of(narrow);
        var seen = new Dictionary<string, (int Infinite, double Multiplier, double FanIn, bool Readout)>();
        All.Param("*", From(p =>
        {
            seen[p.Path] = (widths.InfiniteDimensions(p), widths.Multiplier(p), widths.FanInMultiplier(p), widths.IsReadout(p));
            return Zeros;
        })).Compile(wide, seed: 1);
        Assert.Equal((1, 2, 1, false), seen["in.weight"]);
        Assert.Equal((1, 2, 1, false), seen["in.bias"]);
        Assert.Equal((2, 2, 2, false), seen["mid.weight"]);    // the last infinite dimension: the fan-in, 16/8
        Assert.Equal((1, 3, 2, false), seen["mid.bias"]);
        Assert.Equal((1, 3, 3, true), seen["out.weight"]);
        Assert.Equal((0, 1, 3, false), seen["out.bias"]);
        Assert.Equal((2, 5, 5, false), seen["conv.weight"]);
    }

    [Fact]
    public void A_base_model_of_another_kind_is_refused_with_every_path()
    {
        using var narrow = Sequential(("first", Linear(3, 8)));
        using var wide = Sequential(("fc", Linear(3, 16)), ("head", Linear(16, 2)));
        InitException refused = Assert.Throws<InitException>(() => Presets.MuP(BaseWidths.Of(narrow)).Compile(wide, seed: 1));
        Assert.Equal(
            "1 error; nothing was changed." + Environment.NewLine
            + "  INIT001 the base model (Sequential) lacks 4 parameters of this model: fc.weight, fc.bias, head.weight, head.bias. It has first.weight, first.bias. "
            + "Rule: Presets.MuP(…) › When<Linear, Convolution, Bilinear, …>().Param(\"*\", From(…)). "
            + "Build the base model by the same code with smaller widths, so that its modules have the same names.",
            refused.Message);
        Assert.Contains(
            "lacks 2 parameters of this model: fc.weight, head.weight. It has first.weight, first.bias. Rule: When<Linear>().Weight(From(…)).",
            Assert.Throws<InitException>(() => When<Linear>().Weight(BaseWidths.Of(narrow).FixedStd(Normal())).Compile(wide, seed: 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the base model has no parameter fc.weight.",
            Assert.ThrowsAny<InvalidOperationException>(() => BaseWidths.Of(narrow).Multiplier(All.Param("*", Zeros).Compile(wide, seed: 1).Steps[0].Spec)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Norms_that_a_base_model_lacks_are_named_too_and_layers_of_another_kind()
    {
        using var narrow = Sequential(("a", Linear(3, 8)), ("b", Linear(8, 8)));
        using var wide = Sequential(("a", Linear(3, 16)), ("b", Conv2d(16, 16, 1)), ("norm", LayerNorm(16)));
        string message = Assert.Throws<InitException>(() => Presets.MuP(BaseWidths.Of(narrow)).Compile(wide, seed: 1)).Message;
        Assert.Contains("INIT001 the base model (Sequential) lacks 2 parameters of this model: norm.weight, norm.bias.", message, StringComparison.Ordinal);
        Assert.Contains("INIT001 the base model (Sequential) has another number of dimensions in 1 parameter of this model: b.weight.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_two_infinite_dimensions_are_refused()
    {
        using var narrow = Conv2d(4, 8, 3);
        using var wide = Conv2d(8, 16, 5);
        InitException refused = Assert.Throws<InitException>(
            () => When<Conv2d>().Weight(BaseWidths.Of(narrow).FixedStd(Normal(std: 0.02))).Compile(wide, seed: 1));
        Assert.Contains("INIT001 1 parameter with more than two dimensions that are wider than the base model's, for which muP is not defined: weight.", refused.Message, StringComparison.Ordinal);
    }
}
