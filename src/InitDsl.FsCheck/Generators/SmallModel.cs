using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// A small real model, as code and as a module: a chain of linear layers or convolutions with ReLUs, and norms if so.
/// </summary>
/// <param name="Convolutional">Convolutions with a kernel of 3 in place of linear layers.</param>
/// <param name="Widths">The channels of the input and behind each layer: two or more, all positive.</param>
/// <param name="Norms">Whether a batch normalization follows each layer but the last.</param>
public sealed record SmallModel(bool Convolutional, IReadOnlyList<int> Widths, bool Norms)
{
    private const int Batch = 4;
    private const int Side = 6;

    private IEnumerable<(string Name, string Code, Func<nn.Module<Tensor, Tensor>> Make)> Layers
    {
        get
        {
            for (int i = 1; i < Widths.Count; i++)
            {
                (int inputs, int outputs) = (Widths[i - 1], Widths[i]);
                yield return Convolutional
                    ? ($"conv{i}", $"Conv2d({inputs}, {outputs}, 3, padding: 1)", () => nn.Conv2d(inputs, outputs, 3, padding: 1))
                    : ($"fc{i}", $"Linear({inputs}, {outputs})", () => nn.Linear(inputs, outputs));
                if (i == Widths.Count - 1)
                {
                    yield break;
                }

                if (Norms)
                {
                    yield return Convolutional
                        ? ($"norm{i}", $"BatchNorm2d({outputs})", () => nn.BatchNorm2d(outputs))
                        : ($"norm{i}", $"BatchNorm1d({outputs})", () => nn.BatchNorm1d(outputs));
                }

                yield return ($"relu{i}", "ReLU()", () => nn.ReLU());
            }
        }
    }

    /// <summary>Makes the model.</summary>
    public Sequential Build() => nn.Sequential([.. Layers.Select(layer => (layer.Name, layer.Make()))]);

    /// <summary>Makes an input: standard normal, the same at each call.</summary>
    public Tensor Input() => Convolutional ? Signals.Normal(0, Batch, Widths[0], Side, Side) : Signals.Normal(0, Batch, Widths[0]);

    /// <summary>Equal when built alike.</summary>
    /// <param name="other">Another model.</param>
    public bool Equals(SmallModel? other) =>
        other is not null && Convolutional == other.Convolutional && Norms == other.Norms && Widths.SequenceEqual(other.Widths);

    /// <inheritdoc/>
    public override int GetHashCode() => Widths.Aggregate(HashCode.Combine(Convolutional, Norms), HashCode.Combine);

    /// <summary>The model as it is written in code.</summary>
    public override string ToString() => $"Sequential({string.Join(", ", Layers.Select(layer => $"({Code.Quote(layer.Name)}, {layer.Code})"))})";

    /// <summary>Linear ones, without norms, with fewer layers, with smaller ones.</summary>
    internal IEnumerable<SmallModel> Smaller()
    {
        if (Convolutional)
        {
            yield return this with { Convolutional = false };
        }

        if (Norms)
        {
            yield return this with { Norms = false };
        }

        for (int i = 0; i < Widths.Count; i++)
        {
            if (Widths.Count > 2)
            {
                yield return this with { Widths = [.. Widths.Where((_, j) => j != i)] };
            }

            foreach (long smaller in Shrinking.Size(Widths[i]))
            {
                yield return this with { Widths = [.. Widths.Select((width, j) => j == i ? (int)smaller : width)] };
            }
        }
    }
}
