using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Square linear layers without biases, one behind the other, with a function between them.</summary>
internal sealed class LayerStack(Func<Tensor, Tensor> activation)
{
    internal const int Depth = 6;
    internal const int Width = 96;
    private const int Inputs = 16;

    private static readonly Lazy<IReadOnlyList<ParamSpec>> Layers = new(() =>
        [.. Enumerable.Range(0, Depth).SelectMany(i => ProbeLayers.SpecsOf($"layer{i}", () => nn.Linear(Width, Width, hasBias: false)))]);

    /// <summary>The growth of the mean square through the stack, of a standard normal input and of a gradient of signs.</summary>
    internal Growth Propagate(long seed, Func<IReadOnlyList<ParamSpec>, IReadOnlyList<Drawn>> draw)
    {
        using var scope = NewDisposeScope();
        using IDisposable grad = enable_grad();
        Tensor input = Signals.Normal(seed, Inputs, Width).requires_grad_();
        Tensor signal = input;
        foreach (Drawn weight in draw(Layers.Value))
        {
            Tensor matrix = tensor(Array.ConvertAll(weight.Values, value => (float)value)).view(Width, Width);
            signal = (ReferenceEquals(signal, input) ? signal : activation(signal)).matmul(matrix.t());
        }

        return Signals.Through(input, signal, seed);
    }
}
