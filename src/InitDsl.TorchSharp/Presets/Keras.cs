using TorchSharp.Modules;

namespace InitDsl;

/// <content>Keras's defaults.</content>
public static partial class Presets
{
    /// <summary>
    /// Keras 3's defaults (keras-team/keras, keras/src/layers): <c>glorot_uniform</c> for kernels, with the fans that
    /// Keras counts (as PyTorch does: groups are not taken out of the fan-out); <c>orthogonal</c> for recurrent kernels,
    /// over all gates together; biases 0, an LSTM's forget gate 1 (<c>unit_forget_bias</c>); embeddings U(±0.05); norms 1
    /// and 0; PReLU 0. By module type.
    /// </summary>
    /// <remarks>
    /// Where a recurrent layer has two biases, as in PyTorch, the forget gate's 1 stands in <c>bias_ih</c> alone: their
    /// sum is what Keras has. An embedding's padding row stays zero, which Keras does not have. The projections of
    /// multi-head attention start as a dense layer each; Keras counts the fans of its [width, heads, key size] kernels as
    /// if they were a convolution's, which depends on the number of heads, and that cannot be read here. Depthwise
    /// convolutions count as grouped ones, not as <c>DepthwiseConv2D</c>. Bilinear layers and transformers, which Keras
    /// has not, are left alone.
    /// </remarks>
    public static RuleSet Keras { get; } = Preset(
        Dsl.When<Linear, Convolution>().Weight(Dsl.XavierUniform.WithFans(Fans.Torch)).Bias(Dsl.Zeros)
        + Dsl.When<MultiheadAttention>().Weight(Dsl.XavierUniform).Bias(Dsl.Zeros)
        + Dsl.When(typeof(RNN), typeof(LSTM), typeof(GRU), typeof(RNNCell), typeof(LSTMCell), typeof(GRUCell))
            .Param("weight_ih*", Dsl.XavierUniform.WithFans(Fans.Torch))
            .Param("weight_hh*", Dsl.Orthogonal())
            .Bias(Dsl.Zeros)
        + Dsl.When<LSTM, LSTMCell>().Param("bias_ih*", Dsl.From(p => OnesInSecondQuarter(p.Shape[0])))
        + Dsl.When<Embedding, EmbeddingBag>().Weight(Dsl.Uniform(-0.05, 0.05).ZeroPaddingRow())
        + Norms.Weight(Dsl.Ones).Bias(Dsl.Zeros)
        + Dsl.When<PReLU>().Weight(Dsl.Zeros));

    /// <summary>The gates lie in the order input, forget, cell, output.</summary>
    private static Init OnesInSecondQuarter(long length)
    {
        double[] values = new double[length];
        values.AsSpan(values.Length / 4, values.Length / 4).Fill(1);
        return Dsl.Values(values);
    }
}
