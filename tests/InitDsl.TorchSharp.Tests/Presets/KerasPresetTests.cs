using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>Every parameter of layers and models against Keras's formulas.</summary>
public class KerasPresetTests
{
    [Fact]
    public void Convolutions_and_dense_layers_are_Glorots()
    {
        var table = new LawTable
        {
            { "*conv_*.weight", shape => PlusMinus(Math.Sqrt(6.0 / ((shape[0] + shape[1]) * shape[2] * shape[3]))) },
            { "*bn?.weight", One },
            { "classifier.weight", shape => PlusMinus(Math.Sqrt(6.0 / (shape[0] + shape[1]))) },
            { "*.bias", Zero },
        };
        using EfficientNet model = Deferred.Build(() => new EfficientNet());
        table.Holds(Presets.Keras, model);
    }

    [Fact]
    public void Recurrent_kernels_are_orthogonal_and_forget_gates_open()
    {
        // Four gates in one matrix, as in Keras: fans and orthonormal columns of the whole.
        var quarter = new ExpectedLaw(nameof(ValuesLaw), 0.25, Math.Sqrt(3) / 4, 0, 1);
        static LawTable Table(long width, ExpectedLaw forget) => new()
        {
            { "encoder.weight", PlusMinus(0.05) },
            { "rnn.weight_ih_l?", PlusMinus(Math.Sqrt(6.0 / (width + (4 * width)))) },
            { "rnn.weight_hh_l?", Orthonormal(4 * width, width) },
            { "rnn.bias_ih_l?", forget },
            { "rnn.bias_hh_l?", Zero },
            { "decoder.weight", shape => PlusMinus(Math.Sqrt(6.0 / (shape[0] + shape[1]))) },
            { "decoder.bias", Zero },
        };
        using var medium = new LstmLanguageModel(LstmConfig.Medium);
        Table(650, quarter).Holds(Presets.Keras, medium);
        using var tiny = new LstmLanguageModel(LstmConfig.Tiny);
        Table(24, quarter).HoldsInValues(Presets.Keras, tiny);
        float[] bias = tiny.get_parameter("rnn.bias_ih_l1")!.detach().data<float>().ToArray();
        Assert.Equal([.. Enumerable.Range(0, 96).Select(i => i is >= 24 and < 48 ? 1f : 0f)], bias);
    }

    [Fact]
    public void Every_other_layer_starts_as_in_Keras()
    {
        using var model = Sequential(
            ("rnn", new Wrapped(RNN(3, 4))), ("gru", new Wrapped(GRU(3, 4))), ("cell", new Wrapped(LSTMCell(3, 4))),
            ("attention", new Wrapped(MultiheadAttention(6, 2))), ("up", ConvTranspose2d(2, 4, 3)),
            ("words", Embedding(5, 3, padding_idx: 1)), ("slopes", PReLU(3, 0.1)), ("group", GroupNorm(1, 3)), ("layer", LayerNorm(4)));
        new LawTable
        {
            { "rnn.inner.weight_ih_l0", PlusMinus(Math.Sqrt(6.0 / (3 + 4))) },
            { "rnn.inner.weight_hh_l0", Orthonormal(4, 4) },
            { "gru.inner.weight_ih_l0", PlusMinus(Math.Sqrt(6.0 / (3 + 12))) },
            { "gru.inner.weight_hh_l0", Orthonormal(12, 4) },
            { "cell.inner.weight_ih", PlusMinus(Math.Sqrt(6.0 / (3 + 16))) },
            { "cell.inner.weight_hh", Orthonormal(16, 4) },
            { "cell.inner.bias_ih", new ExpectedLaw(nameof(ValuesLaw), 0.25, Math.Sqrt(3) / 4, 0, 1) },
            { "attention.inner.in_proj_weight", PlusMinus(Math.Sqrt(6.0 / (6 + 6))) },
            { "attention.inner.out_proj.weight", PlusMinus(Math.Sqrt(6.0 / (6 + 6))) },
            { "up.weight", PlusMinus(Math.Sqrt(6.0 / ((2 + 4) * 9))) },
            { "words.weight", PlusMinus(0.05).ButOneRowOf(5) },
            { "slopes.weight", Zero },
            { "*.weight", One },
            { "*bias*", Zero },
        }.HoldsInValues(Presets.Keras, model);
    }

    /// <summary>A layer of any signature as a module that a <c>Sequential</c> takes.</summary>
    private sealed class Wrapped : Module<Tensor, Tensor>
    {
        private readonly nn.Module inner;

        internal Wrapped(nn.Module inner)
            : base(nameof(Wrapped))
        {
            this.inner = inner;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => throw new NotSupportedException(inner.GetName());
    }
}
