namespace InitDsl;

/// <summary>
/// The kind of layer a parameter belongs to, whatever the backend calls it. <c>TorchDefault</c> reads it;
/// selectors do not, they match the CLR type.
/// </summary>
public enum LayerKind
{
    /// <summary>None of the kinds below, as a module of the user's own.</summary>
    Other,

    /// <summary>y = Wx + b, weight [out, in].</summary>
    Linear,

    /// <summary>Convolution, weight [out, in/groups, kernel…].</summary>
    Convolution,

    /// <summary>Transposed convolution, weight [in, out/groups, kernel…].</summary>
    TransposedConvolution,

    /// <summary>y = x₁ᵀWx₂ + b, weight [out, in1, in2].</summary>
    Bilinear,

    /// <summary>A table of vectors, weight [entries, width]; embedding bags too.</summary>
    Embedding,

    /// <summary>Batch, instance, layer and group normalization: weight and bias a channel.</summary>
    Normalization,

    /// <summary>The slopes of a parametric ReLU.</summary>
    PReLU,

    /// <summary>RNN, LSTM, GRU and their cells.</summary>
    Recurrent,

    /// <summary>The input side of multi-head attention: projections, their biases, <c>bias_k</c> and <c>bias_v</c>.</summary>
    Attention,

    /// <summary>The output projection of multi-head attention: a linear layer whose bias starts at 0.</summary>
    AttentionOutput,
}
