// A language model of two LSTM layers (Zaremba, Sutskever, Vinyals 2014), with the names of PyTorch's example
// word_language_model.
// Loaded by lstm.csx: #load "models/lstm.csx"

record LstmConfig(long Vocabulary, long Width, int Layers)
{
    /// <summary>Zaremba's medium network on the Penn Treebank's 10,000 words: 19.8 million parameters.</summary>
    public static LstmConfig Medium { get; } = new(10000, 650, 2);

    /// <summary>The same network, small enough for a test.</summary>
    public static LstmConfig Tiny { get; } = new(100, 24, 2);
}

class LstmLanguageModel : Module<Tensor, Tensor>
{
    private readonly Embedding encoder;
    private readonly LSTM rnn;
    private readonly Linear decoder;

    public LstmLanguageModel(LstmConfig config)
        : base(nameof(LstmLanguageModel))
    {
        encoder = Embedding(config.Vocabulary, config.Width);
        rnn = LSTM(config.Width, config.Width, numLayers: config.Layers, batchFirst: true);
        decoder = Linear(config.Width, config.Vocabulary);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => decoder.call(rnn.call(encoder.call(tokens)).Item1);
}
