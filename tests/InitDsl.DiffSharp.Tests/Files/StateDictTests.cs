using TorchSharp;
using Torch = TorchSharp.Modules;

namespace InitDsl.Tests;

/// <summary>A model filled from a file of TorchSharp's computes what TorchSharp's does.</summary>
public sealed class StateDictTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"initdsl-{Guid.NewGuid():N}.dat");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_linear_layer_gets_the_transpose_and_the_same_outputs()
    {
        using Torch.Linear theirs = torch.nn.Linear(3, 2);
        using var holder = new TorchHolder("fc", theirs);
        holder.save(path);
        Linear ours = Layers.Linear(3, 2);
        Under("fc", ours).Initialize(FromStateDict(path), seed: 1);
        Assert.Equal(Seen.Turn(Floats(theirs.weight), 2, 3), (float[])TensorValues.Flat(ours.weight.primalRaw));
        AssertAlike(theirs.forward(torch.tensor(new float[,] { { 1, -2, 3 } })), ours.forward(Make.Tensor(new float[,] { { 1, -2, 3 } })));
    }

    [Fact]
    public void An_LSTM_gets_its_gates_and_the_same_outputs()
    {
        using Torch.LSTM theirs = torch.nn.LSTM(3, 4, numLayers: 2);
        ZeroSecondBiases(theirs);
        using var holder = new TorchHolder("rnn", theirs);
        holder.save(path);
        LSTM ours = Layers.Lstm(3, 4, layers: 2);
        Under("rnn", ours).Initialize(FromStateDict(path, map: OneBias), seed: 1);
        AssertAlike(theirs.forward(Inputs).Item1, ours.forward(Make.Tensor(InputValues)));
    }

    [Fact]
    public void An_RNN_gets_the_same_outputs()
    {
        using Torch.RNN theirs = torch.nn.RNN(3, 4);
        ZeroSecondBiases(theirs);
        using var holder = new TorchHolder("rnn", theirs);
        holder.save(path);
        RNN ours = Layers.Rnn(3, 4);
        Under("rnn", ours).Initialize(FromStateDict(path, map: OneBias), seed: 1);
        AssertAlike(theirs.forward(Inputs, null).Item1, ours.forward(Make.Tensor(InputValues)));
    }

    [Fact]
    public void The_two_biases_of_PyTorch_are_not_made_one()
    {
        using Torch.LSTM theirs = torch.nn.LSTM(3, 4);
        using var holder = new TorchHolder("rnn", theirs);
        holder.save(path);
        InitException refused = Assert.Throws<InitException>(() => FromStateDict(path).Compile(Under("rnn", Layers.Lstm(3, 4)), seed: 1));
        Diagnostic error = Assert.Single(refused.Diagnostics, found => found.Severity == Severity.Error);
        Assert.Equal(("INIT014", "rnn.bias_l0"), (error.Code, error.Path));
    }

    [Fact]
    public void Running_statistics_of_a_file_are_warned_of()
    {
        using Torch.BatchNorm1d theirs = torch.nn.BatchNorm1d(3);
        theirs.weight!.bytes = [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64];   // 1, 2, 3
        using var holder = new TorchHolder("norm", theirs);
        holder.save(path);
        BatchNorm1d ours = Layers.BatchNorm1d(3);
        Plan plan = FromStateDict(path).Compile(Under("norm", ours), seed: 1);
        Diagnostic warning = Assert.Single(plan.Diagnostics);
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains("running_mean", warning.Message, StringComparison.Ordinal);
        plan.Apply();
        Assert.Equal([1, 2, 3], Seen.Values(ours.weight));
    }

    [Fact]
    public void A_matrix_of_ones_own_is_taken_as_it_lies()
    {
        using Torch.Linear theirs = torch.nn.Linear(2, 2, hasBias: false);
        using var holder = new TorchHolder("own", theirs);
        holder.save(path);
        var own = new Model<Tensor, Tensor>(null, null, null, null);
        var matrix = new Parameter(Make.Zeros(2, 2));
        own.addParameter(matrix, "weight");
        Under("own", own).Initialize(FromStateDict(path), seed: 1);
        Assert.Equal(Floats(theirs.weight), (float[])TensorValues.Flat(matrix.value.primalRaw));
    }

    private static float[,,] InputValues { get; } = new float[,,] { { { 1, -2, 3 } }, { { 0.5f, 0, -1 } }, { { 2, 1, 1 } } };

    private static torch.Tensor Inputs => torch.tensor(InputValues);

    private static string? OneBias(string name) =>
        name.Contains("bias_hh", StringComparison.Ordinal) ? null : name.Replace("bias_ih", "bias", StringComparison.Ordinal);

    private static void ZeroSecondBiases(torch.nn.Module recurrent)
    {
        using IDisposable still = torch.no_grad();
        foreach ((string name, Torch.Parameter parameter) in recurrent.named_parameters())
        {
            if (name.StartsWith("bias_hh", StringComparison.Ordinal))
            {
                parameter.zero_();
            }
        }
    }

    private static Model<Tensor, Tensor> Under(string name, ModelBase layer)
    {
        var model = new Model<Tensor, Tensor>(null, null, null, null);
        model.addModel(layer, name);
        return model;
    }

    private static float[] Floats(torch.Tensor tensor) => tensor.contiguous().data<float>().ToArray();

    private static void AssertAlike(torch.Tensor theirs, Tensor ours)
    {
        double[] values = Seen.Values(ours);
        float[] expected = Floats(theirs.detach());
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
