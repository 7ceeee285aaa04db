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

    [Fact]
    public void Recurrent_weights_have_the_transpose()
    {
        RuleSet rules = Named("rnn").Param("weight_hh*", Orthogonal()).Param("weight_ih*", Xavier);
        LSTM ours = Layers.Lstm(3, 4, layers: 2);
        using Torch.LSTM theirs = torch.nn.LSTM(3, 4, numLayers: 2);
        Under("rnn", ours).Initialize(rules, seed: 9);
        using var model = new TorchHolder(theirs);
        model.Initialize(rules, seed: 9);
        Dictionary<string, torch.Tensor> reference = theirs.named_parameters().ToDictionary(entry => entry.name, entry => (torch.Tensor)entry.parameter);
        var stores = new DiffSharpModel(ours).Stores.Where(store => store.Spec.Role == ParamRole.Weight).ToList();
        Assert.Equal(4, stores.Count);
        foreach (ParameterStore store in stores)
        {
            var read = new List<float>();
            store.Read((_, run) => read.AddRange(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(run)));
            Assert.Equal(Floats(reference[store.Spec.Name]), read);
        }
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

    private sealed class TorchHolder : torch.nn.Module
    {
        internal TorchHolder(Torch.LSTM rnn)
            : base("holder") => register_module("rnn", rnn);
    }
}
