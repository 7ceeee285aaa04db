using TorchSharp;
using Torch = TorchSharp.Modules;

namespace InitDsl.Tests;

/// <summary>The same rule, seed and path give the values that they give to TorchSharp's layer, turned where DiffSharp's lies turned.</summary>
public class TorchSharpParityTests
{
    public static TheoryData<string> Matrices() => [.. Inits.Keys];

    private static Dictionary<string, Init> Inits { get; } = new()
    {
        ["Kaiming"] = Kaiming,
        ["Kaiming by fan-out"] = Kaiming.FanOut(),
        ["Xavier"] = Xavier,
        ["truncated"] = TruncNormal(0, 0.1, -0.2, 0.1),
        ["orthogonal"] = Orthogonal(1.5),
        ["sparse"] = Sparse(0.3, 0.5),
        ["identity"] = Eye,
        ["PyTorch's default"] = TorchDefault,
        ["PyTorch's fans"] = Kaiming.WithFans(Fans.Torch),
        ["computed"] = From(p => Normal(std: p.Shape[0] / p.FanIn)),
        ["masked"] = Normal(std: 0.1).MaskBy(at => at[1] <= at[0]),
        ["an array"] = Values(Numbers(7, 11)),
        ["for each of blocks"] = Orthogonal().PerBlock(7),
        ["a blend"] = Eye.Blend(Kaiming, 0.25),
    };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void A_linear_layer_has_the_transpose(string init)
    {
        RuleSet rules = Named("fc").Weight(Inits[init]).Bias(Normal(std: 0.1));
        Linear ours = Layers.Linear(11, 7);
        using Torch.Linear theirs = torch.nn.Linear(11, 7);
        Report report = Under("fc", ours).Initialize(rules, seed: 5);
        using Torch.Sequential model = torch.nn.Sequential(("fc", theirs));
        Report reference = model.Initialize(rules, seed: 5);
        Assert.Equal(Seen.Turn(Floats(theirs.weight), 7, 11), (float[])TensorValues.Flat(ours.weight.primalRaw));
        Assert.Equal(Floats(theirs.bias!), (float[])TensorValues.Flat(ours.bias.primalRaw));
        Assert.Equal(reference.Entries.Select(entry => (entry.Path, entry.Law.ToString(), entry.Found)), report.Entries.Select(entry => (entry.Path, entry.Law.ToString(), entry.Found)));
    }

    [Fact]
    public void Rows_of_a_linear_layer_are_outputs()
    {
        RuleSet rules = Named("fc").Weight(Kaiming) + Named("fc").Rows(2, 5).Weight(Xavier) + Named("fc").Block(7, 6).Weight(Zeros);
        Linear ours = Layers.Linear(11, 7);
        using Torch.Linear theirs = torch.nn.Linear(11, 7);
        Under("fc", ours).Initialize(rules, seed: 5);
        using Torch.Sequential model = torch.nn.Sequential(("fc", theirs));
        model.Initialize(rules, seed: 5);
        Assert.Equal(Seen.Turn(Floats(theirs.weight), 7, 11), (float[])TensorValues.Flat(ours.weight.primalRaw));
    }

    [Fact]
    public void Rows_that_no_rule_is_about_keep_their_values()
    {
        Linear ours = Layers.Linear(4, 6);
        double[] before = Seen.Turn(Seen.Values(ours.weight), 4, 6);
        ours.Initialize(All.Rows(1, 3).Weight(Zeros), seed: 1);
        double[] after = Seen.Turn(Seen.Values(ours.weight), 4, 6);
        Assert.Equal(before[..4], after[..4]);
        Assert.All(after[4..12], value => Assert.Equal(0, value));
        Assert.Equal(before[12..], after[12..]);
    }

    [Fact]
    public void Convolutions_and_norms_have_the_same_values()
    {
        RuleSet rules = Named("conv").Weight(Kaiming).Bias(Uniform(-1, 1)) + Named("back").Weight(Kaiming) + Named("norm").Weight(Normal(1, 0.1));
        Conv2d conv = Layers.Conv2d(4, 6, 3);
        ConvTranspose2d back = Layers.ConvTranspose2d(6, 4, 4, stride: 2);
        BatchNorm1d norm = Layers.BatchNorm1d(6);
        var ours = new Model<Tensor, Tensor>(null, null, null, null);
        ours.addModel(conv, "conv");
        ours.addModel(back, "back");
        ours.addModel(norm, "norm");
        ours.Initialize(rules, seed: 3);
        using Torch.Conv2d conv2 = torch.nn.Conv2d(4, 6, 3);
        using Torch.ConvTranspose2d back2 = torch.nn.ConvTranspose2d(6, 4, 4, stride: 2);
        using Torch.BatchNorm1d norm2 = torch.nn.BatchNorm1d(6);
        using Torch.Sequential theirs = torch.nn.Sequential(("conv", conv2), ("back", back2), ("norm", norm2));
        theirs.Initialize(rules, seed: 3);
        Assert.Equal(Floats(conv2.weight), (float[])TensorValues.Flat(conv.weight.primalRaw));
        Assert.Equal(Floats(conv2.bias!), (float[])TensorValues.Flat(conv.bias.primalRaw));
        Assert.Equal(Floats(back2.weight!), (float[])TensorValues.Flat(back.weight.primalRaw));
        Assert.Equal(Floats(norm2.weight!), (float[])TensorValues.Flat(norm.weight.primalRaw));
    }

    public static TheoryData<string> Recurrent() => [.. RecurrentRules.Keys];

    private static Dictionary<string, RuleSet> RecurrentRules { get; } = new()
    {
        ["whole matrices"] = Named("rnn").Param("weight_hh*", Orthogonal()).Param("weight_ih*", Xavier),
        ["matrices with zeros"] = Named("rnn").Weight(Sparse(0.3, 0.5)),
        ["each gate by itself"] = Named("rnn").Weight(Orthogonal().PerBlock()),
        ["some gates"] = Named("rnn").Weight(Zeros) + Named("rnn").Gate(Gate.Cell | Gate.Output).Weight(Kaiming) + Named("rnn").Gate(Gate.Forget).Weight(Orthogonal()),
        ["rows"] = Named("rnn").Weight(Xavier) + Named("rnn").Rows(1, 6).Weight(Normal(std: 1)),
        ["an array"] = Named("rnn").Param("weight_ih_l0", Values(Numbers(16, 3))).Param("weight_hh*", Eye),
    };

    [Theory]
    [MemberData(nameof(Recurrent))]
    public void The_matrices_of_an_LSTM_have_the_values_of_PyTorchs_gate_by_gate(string name)
    {
        LSTM ours = Layers.Lstm(3, 4, layers: 2);
        using Torch.LSTM theirs = torch.nn.LSTM(3, 4, numLayers: 2);
        Plan plan = RecurrentRules[name].Compile(Under("rnn", ours), seed: 9);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        using var model = new TorchHolder("rnn", theirs);
        model.Initialize(RecurrentRules[name], seed: 9);
        Dictionary<string, torch.Tensor> reference = theirs.named_parameters().ToDictionary(entry => entry.name, entry => (torch.Tensor)entry.parameter);
        var compared = ours.children.SelectMany((cell, layer) => cell.parameters.Where(entry => entry.Item1.Contains("weight", StringComparison.Ordinal))
            .Select(entry => (Name: $"{entry.Item1["LSTMCell-".Length..].Replace('-', '_')}_l{layer}", entry.Item2.value))).ToList();
        if (name == "an array")
        {
            compared.RemoveAll(entry => entry.Name == "weight_ih_l1");
        }

        Assert.NotEmpty(compared);
        foreach ((string path, Tensor value) in compared)
        {
            // Cell, input, forget, output in memory; input, forget, cell, output in PyTorch.
            float[] torchs = Floats(reference[path]);
            int block = torchs.Length / 4;
            float[] rows = [.. new[] { 2, 0, 1, 3 }.SelectMany(gate => torchs[(gate * block)..((gate + 1) * block)])];
            Assert.Equal(Seen.Turn(rows, 16, block / 4), (float[])TensorValues.Flat(value.primalRaw));
        }
    }

    [Fact]
    public void A_tensor_given_to_Values_stacks_its_gates_as_the_parameter_does()
    {
        LSTM from = Layers.Lstm(3, 2);
        LSTM into = Layers.Lstm(3, 2);
        Tensor matrix = from.children[0].parameters.First().Item2.value;
        into.Initialize(When<LSTM>().Param("weight_ih_l0", Values(matrix)), seed: 1);
        Assert.Equal(Seen.Values(matrix), Seen.Values(into.children[0].parameters.First().Item2.value));
    }

    private static Model<Tensor, Tensor> Under(string name, ModelBase layer)
    {
        var model = new Model<Tensor, Tensor>(null, null, null, null);
        model.addModel(layer, name);
        return model;
    }

    private static float[] Floats(torch.Tensor tensor) => tensor.data<float>().ToArray();

    private static double[,] Numbers(int rows, int columns)
    {
        double[,] numbers = new double[rows, columns];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i / columns, i % columns] = i;
        }

        return numbers;
    }
}
