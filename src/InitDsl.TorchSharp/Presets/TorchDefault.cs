using TorchSharp.Modules;

namespace InitDsl;

/// <content>PyTorch's own defaults.</content>
public static partial class Presets
{
    /// <summary>Every module of TorchSharp that has parameters.</summary>
    private static Selector TorchLayers => Dsl.When(
        typeof(Linear), typeof(Convolution), typeof(Bilinear), typeof(Embedding), typeof(EmbeddingBag),
        typeof(NormBase), typeof(LayerNorm), typeof(GroupNorm), typeof(PReLU),
        typeof(RNN), typeof(LSTM), typeof(GRU), typeof(RNNCell), typeof(LSTMCell), typeof(GRUCell),
        typeof(MultiheadAttention), typeof(Transformer), typeof(TransformerEncoder), typeof(TransformerDecoder),
        typeof(TransformerEncoderLayer), typeof(TransformerDecoderLayer));

    /// <summary>
    /// What PyTorch's constructors give every layer (pytorch/pytorch, torch/nn/modules, <c>reset_parameters</c>): the
    /// laws of <see cref="Dsl.TorchDefault"/>, right where TorchSharp 0.107 is not (GroupNorm starts with ones and zeros,
    /// the layers of an encoder do not start alike). By module type: all of TorchSharp's. Parameters of your own modules
    /// have no default, and need rules of their own.
    /// </summary>
    /// <remarks>
    /// A table that an embedding and a linear layer share starts as the first of them does; in PyTorch, as the one whose
    /// weight was assigned to the other. The padding row of an embedding is zero; that of an <c>EmbeddingBag</c> is not
    /// known.
    /// </remarks>
    public static RuleSet TorchDefault { get; } = Preset(TorchLayers.Param("*", Dsl.TorchDefault));
}
