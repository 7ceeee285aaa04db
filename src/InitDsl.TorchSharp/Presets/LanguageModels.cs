using TorchSharp.Modules;

namespace InitDsl;

/// <content>Models of text.</content>
public static partial class Presets
{
    /// <summary>
    /// BERT (huggingface/transformers, src/transformers/models/bert/modeling_bert.py,
    /// <c>BertPreTrainedModel._init_weights</c>): linear layers and embeddings N(0, 0.02²), padding rows and biases 0,
    /// norms 1 and 0. By module type. Google's first code truncates the normal at two deviations.
    /// </summary>
    public static RuleSet Bert { get; } = Preset(NormalTransformer());

    /// <summary>
    /// Llama (huggingface/transformers, src/transformers/models/llama/modeling_llama.py,
    /// <c>LlamaPreTrainedModel._init_weights</c>, in later versions <c>PreTrainedModel._init_weights</c>): linear layers
    /// and embeddings N(0, 0.02²), padding rows and biases 0, norms 1. By module type; RMSNorm, a module of your own, as
    /// one that has a weight of one dimension.
    /// </summary>
    public static RuleSet Llama { get; } = Preset(NormalTransformer() + OwnNorms.Weight(Dsl.Ones));

    /// <summary>
    /// A language model of recurrent layers (pytorch/examples, word_language_model/model.py,
    /// <c>RNNModel.init_weights</c>): embedding and output layer U(±0.1), the output's bias 0, the recurrent layers
    /// PyTorch's default U(±1/√hidden). By module type. A padding row, which the source has not, stays zero.
    /// </summary>
    public static RuleSet LstmLanguageModel { get; } = Preset(
        Dsl.When<Embedding, Linear>().Weight(Dsl.Uniform(-0.1, 0.1).ZeroPaddingRow()).Bias(Dsl.Zeros)
        + Dsl.When<LSTM, GRU, RNN>().Param("*", Dsl.TorchDefault));

    /// <summary>
    /// GPT-2 (huggingface/transformers, src/transformers/models/gpt2/modeling_gpt2.py,
    /// <c>GPT2PreTrainedModel._init_weights</c>): linear layers and embeddings N(0, 0.02²), padding rows and biases 0,
    /// norms 1 and 0; the projections that end residual branches, <c>*.c_proj</c>, N(0, 0.02²/N), N their number, which
    /// the rule counts: 2L in a network of L layers. By module type, and those projections by GPT-2's names.
    /// </summary>
    /// <remarks>
    /// OpenAI's first code draws position embeddings with 0.01; the source, as nanoGPT, with 0.02. With cross-attention
    /// there are 3L such projections; the source divides by 2L there too: write <see cref="Gpt2(int)"/>.
    /// </remarks>
    public static RuleSet Gpt2() =>
        Preset(NormalTransformer() + Dsl.Named("*.c_proj").Weight(Dsl.From(p => Dsl.Normal(std: 0.02 / Math.Sqrt(p.LayerCount)))), "()");

    /// <summary><see cref="Gpt2()"/> with the number of layers told: projections N(0, 0.02²/(2L)).</summary>
    /// <param name="layers">L, the transformer blocks: 12 in GPT-2 small.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one layer.</exception>
    public static RuleSet Gpt2(int layers)
    {
        Guard.AtLeast(layers, 1);
        return Preset(NormalTransformer() + Dsl.Named("*.c_proj").Weight(Dsl.Normal(std: 0.02 / Math.Sqrt(2.0 * layers))), FormattableString.Invariant($"({layers})"));
    }

    /// <summary>
    /// One rule for linear layers and embeddings, so that a table which both share follows one law, its padding row
    /// zero.
    /// </summary>
    private static RuleSet NormalTransformer() =>
        Dsl.When<Linear, Embedding>().Weight(Dsl.Normal(std: 0.02).ZeroPaddingRow()).Bias(Dsl.Zeros)
        + Dsl.When<LayerNorm>().Weight(Dsl.Ones).Bias(Dsl.Zeros);
}
