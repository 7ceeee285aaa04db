using DiffSharp.Model;

namespace InitDsl;

/// <summary>What is known of a kind of layer: how the axes of its weights count, and how they lie in memory.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Axes">How its weights count inputs and outputs; null where they have no fans.</param>
/// <param name="Transposed">Whether its matrices lie as [in, out]; <paramref name="Axes"/> are those of [out, in].</param>
/// <param name="Blocks">How many equal matrices are stacked in its weights.</param>
internal sealed record Layer(LayerKind Kind, FanAxes? Axes, bool Transposed = false, long Blocks = 1)
{
    /// <summary>The gates of an LSTM, as the slices in its <c>forward</c> take them; empty of other layers.</summary>
    internal IReadOnlyList<Gate> StoredGates { get; private init; } = [];

    internal static Layer Of(ModelBase model) => model switch
    {
        Linear => new(LayerKind.Linear, FanAxes.OutIn, Transposed: true),
        Conv1d or Conv2d or Conv3d => new(LayerKind.Convolution, FanAxes.Convolution(1)),
        ConvTranspose1d or ConvTranspose2d or ConvTranspose3d =>
            new(LayerKind.TransposedConvolution, FanAxes.TransposedConvolution(1, Strides.Product(model))),
        BatchNorm1d or BatchNorm2d or BatchNorm3d => new(LayerKind.Normalization, null),
        LSTM or LSTMCell => Recurrent(4) with { StoredGates = [Gate.Cell, Gate.Input, Gate.Forget, Gate.Output] },
        RNN or RNNCell => Recurrent(1),

        // A model of the user's own: see ParameterDescription.
        _ => new(LayerKind.Other, FanAxes.OutIn),
    };

    private static Layer Recurrent(long gates) => new(LayerKind.Recurrent, FanAxes.Stacked(gates), Transposed: true, gates);
}
