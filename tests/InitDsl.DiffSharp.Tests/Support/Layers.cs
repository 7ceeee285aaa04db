namespace InitDsl.Tests;

/// <summary>DiffSharp's layers, whose constructors have optional arguments that C# must give.</summary>
internal static class Layers
{
    internal static Linear Linear(int inputs, int outputs, bool bias = true) => new(inputs, outputs, bias);

    internal static Conv2d Conv2d(int inputs, int outputs, int kernel) => new(inputs, outputs, kernel, null, null, null, null, null, null, null, null);

    internal static ConvTranspose2d ConvTranspose2d(int inputs, int outputs, int kernel, int? stride = null, int[]? strides = null) => new(
        inputs, outputs, kernel, Option.Of(stride), null, null, null, strides is null ? null : new(strides), null, null, null);

    internal static BatchNorm1d BatchNorm1d(int features, bool affine = true) => new(features, null, null, affine, null, null);

    internal static LSTM Lstm(int inputs, int hidden, int layers = 1, bool bias = true, bool bidirectional = false) =>
        new(inputs, hidden, layers, bias, null, null, bidirectional);

    internal static RNN Rnn(int inputs, int hidden) => new(inputs, hidden, null, null, null, null, null, null);

    internal static LSTMCell LstmCell(int inputs, int hidden) => new(inputs, hidden, null, null);

    internal static Sequential Sequential(params Model<Tensor, Tensor>[] models) => new(models);
}
