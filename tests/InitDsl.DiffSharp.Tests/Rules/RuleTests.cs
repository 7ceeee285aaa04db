using Microsoft.FSharp.Core;

namespace InitDsl.Tests;

/// <summary>The words of the language on DiffSharp's models.</summary>
public class RuleTests
{
    [Fact]
    public void Types_names_and_scopes_select()
    {
        var model = new Net();
        model.Initialize(
            When<Linear>().Weight(Const(1)).Bias(Const(2)) + Named("head").Weight(Const(3)) + When<Net>().Param("scale", Const(4)) + In("hidden").Bias(Const(5))
            + When<Linear>().ChildOf<Net>().LastIn<Net>().Bias(Const(6)),
            seed: 1);
        Assert.All(Seen.Values(model.Hidden.weight), value => Assert.Equal(1, value));
        Assert.All(Seen.Values(model.Hidden.bias), value => Assert.Equal(5, value));
        Assert.All(Seen.Values(model.Head.weight), value => Assert.Equal(3, value));
        Assert.All(Seen.Values(model.Head.bias), value => Assert.Equal(6, value));
        Assert.All(Seen.Values(model.Scale.value), value => Assert.Equal(4, value));
        Assert.All(Seen.Values(model.Mixing.value), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_identity_passes_inputs_to_outputs()
    {
        Linear layer = Layers.Linear(4, 3);
        layer.Initialize(All.Weight(Eye).Bias(Zeros), seed: 1);
        Assert.Equal([1, 2, 3], Seen.Values(layer.forward(Make.Tensor(new[,] { { 1f, 2f, 3f, 4f } }))));
    }

    [Fact]
    public void Kaiming_keeps_the_mean_square_through_layers_of_unequal_width()
    {
        // With the fans the wrong way round the first layer would divide it by 16.
        int[] widths = [50, 800, 800];
        Linear[] layers = [.. widths.Zip(widths.Skip(1), (from, to) => Layers.Linear(from, to))];
        Layers.Sequential(layers).Initialize(When<Linear>().Weight(Kaiming).Bias(Zeros), seed: 8);
        var inputs = new Parameter(Make.Zeros(64, 50));
        new Model<Tensor, Tensor>(null, new([inputs]), null, null).Initialize(All.Param("*", Normal(std: 1)), seed: 9);
        Tensor signal = inputs.value;
        foreach (Linear layer in layers)
        {
            signal = layer.forward(signal.relu());
        }

        // Each ReLU halves it, and each layer doubles it.
        Assert.InRange(Seen.Values(signal).Average(value => value * value), 0.75, 1.3);
    }

    [Fact]
    public void Gates_are_those_that_forward_uses()
    {
        LSTMCell cell = Layers.LstmCell(3, 2);
        cell.Initialize(
            When<LSTMCell>().Weight(Zeros).Bias(Zeros)
            + When<LSTMCell>().Gate(Gate.Forget).Bias(Const(100))
            + When<LSTMCell>().Gate(Gate.Input).Bias(Const(-100))
            + When<LSTMCell>().Gate(Gate.Cell).Bias(Const(100))
            + When<LSTMCell>().Gate(Gate.Output).Bias(Const(-100)),
            seed: 1);
        Tensor memory = Make.Tensor(new[,] { { 0.25f, -0.5f } });

        // It remembers everything, writes nothing and shows nothing; the candidate is 1, and would be seen.
        Tuple<Tensor, Tensor> next = cell.forwardWithHidden(Make.Ones(1, 3), Make.Zeros(1, 2), memory);
        Assert.Equal([0, 0], Seen.Values(next.Item1));
        Assert.Equal([0.25, -0.5], Seen.Values(next.Item2));

        cell.Initialize(When<LSTMCell>().Gate(Gate.Forget).Bias(Const(-100)) + When<LSTMCell>().Gate(Gate.Input).Bias(Const(100)), seed: 1);
        next = cell.forwardWithHidden(Make.Ones(1, 3), Make.Zeros(1, 2), memory);
        Assert.Equal([1, 1], Seen.Values(next.Item2));
    }

    [Fact]
    public void Recurrent_layers_take_gates_blocks_and_time_scales()
    {
        LSTM lstm = Layers.Lstm(5, 4);
        Plan plan = (When<LSTM>().Param("weight_hh*", Orthogonal().PerBlock()).Param("weight_ih*", Xavier).Bias(Chrono(50))
            + When<LSTM>().Gate(Gate.Output).Weight(Zeros)).Compile(lstm, seed: 1);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());

        // [4 rows of the layer's hidden state, 16 columns], gates in DiffSharp's order: cell, input, forget, output.
        double[] bias = Seen.Values(lstm.parameters.Single(entry => entry.Item1.Contains("bias", StringComparison.Ordinal)).Item2.value);
        Assert.All(bias[..4].Concat(bias[12..]), value => Assert.Equal(0, value));
        Assert.All(bias[8..12], value => Assert.InRange(value, 0, Math.Log(49)));
        Assert.Equal(bias[8..12].Select(value => -value), bias[4..8]);
        double[] recurrent = Seen.Turn(Seen.Values(lstm.parameters.Single(entry => entry.Item1.Contains("hh", StringComparison.Ordinal)).Item2.value), 4, 16);
        Assert.All(recurrent[48..], value => Assert.Equal(0, value));
        for (int gate = 0; gate < 3; gate++)
        {
            for (int row = 0; row < 4; row++)
            {
                double[] values = recurrent[((gate * 16) + (row * 4))..((gate * 16) + (row * 4) + 4)];
                Assert.Equal(1, values.Sum(value => value * value), 1e-5);
            }
        }
    }

    [Fact]
    public void Kept_parameters_stay_and_all_errors_come_at_once()
    {
        var model = new Net();
        double[] before = Seen.Values(model);
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(
            When<Linear>().Weight(Dirac()).Bias(Xavier) + When<Net>().Param("scale", Kaiming), seed: 1));
        Assert.Equal(5, refused.Diagnostics.Count(found => found.Severity == Severity.Error));
        Assert.Contains("hidden.weight [4, 6]ᵀ of Linear", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Seen.Values(model));

        Report report = model.Initialize(All.Param("*", Const(1)) + Named("head").Keep(), seed: 1);
        Assert.Equal(["scale", "mixing-weight", "hidden.weight", "hidden.bias"], report.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void Rules_that_match_nothing_are_told_of()
    {
        Plan plan = (When<Linear>().Weight(Kaiming) + When<Conv1d>().Weight(Kaiming)).Compile(new Net(), seed: 1);
        Assert.Equal(["INIT101", "INIT201"], plan.Diagnostics.Select(found => found.Code));
    }

    [Fact]
    public void A_tied_parameter_is_drawn_once_under_its_first_path_and_two_laws_are_refused()
    {
        var model = new Tied();
        Report report = model.Initialize(When<Linear>().Weight(Kaiming), seed: 6);
        Assert.Equal(["first.weight", "between.weight"], report.Entries.Select(entry => entry.Path));
        Linear alone = Layers.Linear(3, 3);
        alone.Initialize(When<Linear>().Weight(Kaiming).StreamAs("first"), seed: 6);
        Assert.Equal(Seen.Values(alone.weight), Seen.Values(model.Shared.weight));
        InitException refused = Assert.Throws<InitException>(() => (Named("first").Weight(Zeros) + Named("second").Weight(Ones)).Compile(model, seed: 1));
        Assert.Equal("INIT002", Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error).Code);
    }

    [Fact]
    public void A_plan_shows_what_lies_transposed() =>
        Assert.Contains("0.weight   [2, 3]ᵀ", When<Linear>().Weight(Kaiming).Compile(Layers.Sequential(Layers.Linear(3, 2)), seed: 1).Explain(), StringComparison.Ordinal);

    [Fact]
    public void Without_a_seed_that_of_DiffSharp_governs()
    {
        Linear model = Layers.Linear(3, 2);
        long Drawn()
        {
            dsharp.seed(new(11));
            return All.Weight(Kaiming).Compile(model).Seed;
        }

        Assert.Equal(Drawn(), Drawn());
        Assert.NotEqual(Drawn(), All.Weight(Kaiming).Compile(model).Seed);
    }

    [Fact]
    public void A_seed_has_52_bits()
    {
        dsharp.seed(new(1));
        long[] seeds = [.. Enumerable.Range(0, 64).Select(_ => SeedFromDiffSharp.Draw())];
        Assert.Equal((1L << 52) - 1, seeds.Aggregate((all, seed) => all | seed));
        Assert.Equal(0, seeds.Aggregate((all, seed) => all & seed));
    }

    [Fact]
    public void PyTorchs_generator_is_not_there() =>
        Assert.Throws<NotSupportedException>(() => All.Weight(Kaiming).Compile(Layers.Linear(3, 2), RandomSource.Torch(1)));

    [Fact]
    public void Auto_sees_no_activation_and_says_so()
    {
        Plan plan = When<Linear>().Weight(Auto).Compile(Layers.Sequential(Layers.Linear(3, 2), Layers.BatchNorm1d(2), Layers.Linear(2, 2)), seed: 1);
        Diagnostic blind = Assert.Single(plan.Diagnostics, found => found.Code == "INIT202");
        Assert.Contains("this layer", blind.Message, StringComparison.Ordinal);
        Assert.Contains("2.weight", blind.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_words_of_TorchSharps_types_do_not_match_DiffSharps() =>
        Assert.Empty(When<TorchSharp.Modules.Linear>().Weight(Zeros).Compile(Layers.Linear(3, 2), seed: 1).Steps);
}
