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
}
