using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>Every parameter of every layer, and of whole models, against the formulas of torch/nn/modules.</summary>
public class TorchDefaultPresetTests
{
    private static readonly Dictionary<string, LawTable> Tables = new()
    {
        ["Linear"] = All(PlusMinus(1 / Math.Sqrt(3))),
        ["Bilinear"] = All(PlusMinus(1 / Math.Sqrt(3))),
        ["Conv1d"] = All(PlusMinus(1 / Math.Sqrt(2 * 3))),
        ["Conv2d"] = All(PlusMinus(1 / Math.Sqrt(1 * 3 * 3))),                   // two groups
        ["Conv3d"] = All(PlusMinus(1 / Math.Sqrt(2 * 3 * 3 * 3))),
        ["ConvTranspose1d"] = All(PlusMinus(1 / Math.Sqrt(4 * 3))),              // by size(1), the outputs
        ["ConvTranspose2d"] = All(PlusMinus(1 / Math.Sqrt(4 * 3 * 3))),
        ["ConvTranspose3d"] = All(PlusMinus(1 / Math.Sqrt(4 * 3 * 3 * 3))),
        ["BatchNorm1d"] = Norm(),
        ["BatchNorm2d"] = Norm(),
        ["BatchNorm3d"] = Norm(),
        ["InstanceNorm1d"] = Norm(),
        ["InstanceNorm2d"] = Norm(),
        ["InstanceNorm3d"] = Norm(),
        ["LayerNorm"] = Norm(),
        ["GroupNorm"] = Norm(),
        ["PReLU"] = All(Constant(0.1)),
        ["Embedding"] = All(Gaussian(1)),
        ["EmbeddingBag"] = All(Gaussian(1)),
        ["RNN"] = All(PlusMinus(1 / Math.Sqrt(4))),
        ["LSTM"] = All(PlusMinus(1 / Math.Sqrt(4))),
        ["GRU"] = All(PlusMinus(1 / Math.Sqrt(4))),
        ["RNNCell"] = All(PlusMinus(1 / Math.Sqrt(4))),
        ["LSTMCell"] = All(PlusMinus(1 / Math.Sqrt(4))),
        ["GRUCell"] = All(PlusMinus(1 / Math.Sqrt(4))),
        ["MultiheadAttention"] = new()
        {
            { "in_proj_weight", PlusMinus(Math.Sqrt(6.0 / (18 + 6))) },
            { "out_proj.weight", PlusMinus(1 / Math.Sqrt(6)) },
            { "*bias", Zero },
        },
        ["TransformerEncoderLayer"] = TransformerPart(),
        ["TransformerEncoder"] = TransformerPart(),
        ["TransformerDecoderLayer"] = TransformerPart(),
        ["TransformerDecoder"] = TransformerPart(),

        // The whole Transformer draws every matrix anew, by Xavier.
        ["Transformer"] = new()
        {
            { "*norm*.weight", One },
            { "*weight", shape => PlusMinus(Math.Sqrt(6.0 / (shape[0] + shape[1]))) },
            { "*norm*.bias", Zero },
            { "*attn*bias", Zero },
            { "*linear1.bias", PlusMinus(1 / Math.Sqrt(6)) },
            { "*linear2.bias", PlusMinus(1 / Math.Sqrt(8)) },
        },
    };

    public static TheoryData<string> Kinds() => [.. Layers.Native.Keys, .. Layers.Managed.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_layer_starts_as_in_PyTorch(string kind)
    {
        using nn.Module layer = (Layers.Native.GetValueOrDefault(kind) ?? Layers.Managed[kind])();
        Tables[kind].HoldsInValues(Presets.TorchDefault, layer);
    }

    [Fact]
    public void A_whole_network_starts_as_in_PyTorch()
    {
        using ResNet model = Deferred.Build(() => ResNet.Of50Layers());
        new LawTable
        {
            { "*conv?.weight", shape => PlusMinus(1 / Math.Sqrt(shape[1] * shape[2] * shape[3])) },
            { "*downsample.0.weight", shape => PlusMinus(1 / Math.Sqrt(shape[1])) },
            { "*bn?.weight", One },
            { "*downsample.1.weight", One },
            { "fc.*", PlusMinus(1 / Math.Sqrt(2048)) },
            { "*.bias", Zero },
        }.Holds(Presets.TorchDefault, model);
    }

    [Fact]
    public void Padding_rows_stay_zero()
    {
        using var model = new Bert(BertConfig.Tiny);
        new LawTable
        {
            { "embeddings.word_embeddings.weight", Gaussian(1).ButOneRowOf(128) },
            { "embeddings.*_embeddings.weight", Gaussian(1) },
            { "*LayerNorm.weight", One },
            { "*LayerNorm.bias", Zero },
            { "encoder.layer.?.output.dense.*", PlusMinus(1 / Math.Sqrt(4 * 48)) },
            { "*", PlusMinus(1 / Math.Sqrt(48)) },
        }.HoldsInValues(Presets.TorchDefault, model);
    }

    [Fact]
    public void Parameters_of_ones_own_modules_are_left_alone()
    {
        using var model = new Llama(LlamaConfig.Tiny);
        Plan plan = Presets.TorchDefault.Compile(model, seed: 1);
        Assert.Equal(5, plan.Untouched.Count);
        Assert.All(plan.Untouched, left => Assert.EndsWith("norm.weight", left.Spec.Path, StringComparison.Ordinal));
    }

    private static LawTable All(ExpectedLaw law) => new() { { "*", law } };

    private static LawTable Norm() => new() { { "weight", One }, { "bias", Zero } };

    /// <summary>Width 6, 8 hidden units: attention as by itself, linear layers as by themselves.</summary>
    private static LawTable TransformerPart() => new()
    {
        { "*norm?.weight", One },
        { "*norm?.bias", Zero },
        { "*attn.in_proj_weight", PlusMinus(Math.Sqrt(6.0 / (18 + 6))) },
        { "*attn.out_proj.weight", PlusMinus(1 / Math.Sqrt(6)) },
        { "*attn*bias", Zero },
        { "*linear1.*", PlusMinus(1 / Math.Sqrt(6)) },
        { "*linear2.*", PlusMinus(1 / Math.Sqrt(8)) },
    };
}
