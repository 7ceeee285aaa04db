namespace InitDsl.Tests;

/// <summary>A small instance of every layer that has parameters.</summary>
internal static class Layers
{
    /// <summary>Those whose parameters are made in native code.</summary>
    internal static Dictionary<string, Func<nn.Module>> Native { get; } = new()
    {
        ["Embedding"] = () => Embedding(5, 3),
        ["EmbeddingBag"] = () => EmbeddingBag(5, 3),
        ["RNN"] = () => RNN(3, 4),
        ["LSTM"] = () => LSTM(3, 4, 2, bidirectional: true),
        ["GRU"] = () => GRU(3, 4),
        ["RNNCell"] = () => RNNCell(3, 4),
        ["LSTMCell"] = () => LSTMCell(3, 4),
        ["GRUCell"] = () => GRUCell(3, 4),
        ["MultiheadAttention"] = () => MultiheadAttention(6, 2),
        ["TransformerEncoderLayer"] = () => TransformerEncoderLayer(6, 2, 8),
        ["TransformerEncoder"] = () => TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 2),
        ["TransformerDecoderLayer"] = () => TransformerDecoderLayer(6, 2, 8),
        ["TransformerDecoder"] = () => TransformerDecoder(TransformerDecoderLayer(6, 2, 8), 2),
        ["Transformer"] = () => Transformer(6, 2, 2, 2, 8),
    };

    /// <summary>Those whose parameters are made in TorchSharp itself.</summary>
    internal static Dictionary<string, Func<nn.Module>> Managed { get; } = new()
    {
        ["Linear"] = () => Linear(3, 4),
        ["Bilinear"] = () => Bilinear(3, 4, 5),
        ["Conv1d"] = () => Conv1d(2, 4, 3),
        ["Conv2d"] = () => Conv2d(2, 4, 3, groups: 2),
        ["Conv3d"] = () => Conv3d(2, 4, 3),
        ["ConvTranspose1d"] = () => ConvTranspose1d(2, 4, 3),
        ["ConvTranspose2d"] = () => ConvTranspose2d(2, 4, 3, stride: 2),
        ["ConvTranspose3d"] = () => ConvTranspose3d(2, 4, 3),
        ["BatchNorm1d"] = () => BatchNorm1d(3),
        ["BatchNorm2d"] = () => BatchNorm2d(3),
        ["BatchNorm3d"] = () => BatchNorm3d(3),
        ["InstanceNorm1d"] = () => InstanceNorm1d(3, affine: true),
        ["InstanceNorm2d"] = () => InstanceNorm2d(3, affine: true),
        ["InstanceNorm3d"] = () => InstanceNorm3d(3, affine: true),
        ["LayerNorm"] = () => LayerNorm([2, 3]),
        ["GroupNorm"] = () => GroupNorm(1, 3),
        ["PReLU"] = () => PReLU(3, 0.1),
    };
}
