using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>What is known of a kind of layer: how the axes of its weights count, and how it starts.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Axes">How its weights count inputs and outputs; null where they have no fans.</param>
/// <param name="Blocks">How many equal matrices are stacked in its weights.</param>
internal sealed record Layer(LayerKind Kind, FanAxes? Axes, long Blocks = 1)
{
    internal static Layer Linear { get; } = new(LayerKind.Linear, FanAxes.OutIn);

    internal static Layer Normalization { get; } = new(LayerKind.Normalization, null);

    /// <summary>How many dimensions a weight has at least for <see cref="Axes"/> to make sense.</summary>
    internal int LeastRank => Kind == LayerKind.Bilinear ? 3 : 2;

    /// <summary>GroupNorm alone: TorchSharp allocates its weight and bias and never fills them.</summary>
    internal bool NeverInitialised { get; private init; }

    internal double PReLUInit { get; private init; } = 0.25;

    internal long Groups { get; private init; } = 1;

    internal long? BilinearIn1 { get; private init; }

    internal static Layer Of(nn.Module module) => module switch
    {
        TorchSharp.Modules.Linear => Linear,
        Convolution { transposed: true } convolution => new(
            LayerKind.TransposedConvolution,
            FanAxes.TransposedConvolution(convolution.groups, convolution.stride.Aggregate(1L, (product, step) => product * step))) { Groups = convolution.groups },
        Convolution convolution => new(LayerKind.Convolution, FanAxes.Convolution(convolution.groups)) { Groups = convolution.groups },
        Bilinear bilinear => new(LayerKind.Bilinear, FanAxes.Bilinear) { BilinearIn1 = bilinear.in1_features },
        Embedding or EmbeddingBag => new(LayerKind.Embedding, FanAxes.OutIn),
        GroupNorm => Normalization with { NeverInitialised = true },
        NormBase or LayerNorm => Normalization,
        PReLU slopes => new(LayerKind.PReLU, null) { PReLUInit = slopes.init },
        LSTM or LSTMCell => Recurrent(4),
        GRU or GRUCell => Recurrent(3),
        RNN or RNNCell => Recurrent(1),

        // A module of the user's own: PyTorch's convention, [out, in, receptive field…], for whatever it holds.
        _ => new(LayerKind.Other, FanAxes.OutIn),
    };

    private static Layer Recurrent(long gates) => new(LayerKind.Recurrent, FanAxes.Stacked(gates), gates);
}
