// BERT (Devlin et al. 2018) as TorchSharp modules, with the shapes and names of Hugging Face's BertModel.
// Loaded by bert.csx: #load "models/bert.csx"

record BertConfig(long Vocabulary, long Positions, int Layers, long Width, long Heads)
{
    /// <summary>BERT-base, uncased: 109 million parameters.</summary>
    public static BertConfig Base { get; } = new(30522, 512, 12, 768, 12);

    /// <summary>The same network, small enough for a test.</summary>
    public static BertConfig Tiny { get; } = new(128, 32, 2, 48, 4);
}

class Bert : Module<Tensor, Tensor>
{
    private readonly BertEmbeddings embeddings;
    private readonly BertEncoder encoder;
    private readonly BertPooler pooler;

    public Bert(BertConfig config)
        : base(nameof(Bert))
    {
        embeddings = new BertEmbeddings(config);
        encoder = new BertEncoder(config);
        pooler = new BertPooler(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => pooler.call(encoder.call(embeddings.call(tokens)));
}

class BertEmbeddings : Module<Tensor, Tensor>
{
    private readonly Embedding word_embeddings;
    private readonly Embedding position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm LayerNorm;

    public BertEmbeddings(BertConfig config)
        : base(nameof(BertEmbeddings))
    {
        word_embeddings = Embedding(config.Vocabulary, config.Width, padding_idx: 0);
        position_embeddings = Embedding(config.Positions, config.Width);
        token_type_embeddings = Embedding(2, config.Width);
        LayerNorm = nn.LayerNorm(config.Width, eps: 1e-12);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        Tensor positions = position_embeddings.call(arange(tokens.size(1)));
        return LayerNorm.call(word_embeddings.call(tokens) + positions + token_type_embeddings.call(zeros_like(tokens)));
    }
}

class BertEncoder : Module<Tensor, Tensor>
{
    private readonly ModuleList<BertLayer> layer;

    public BertEncoder(BertConfig config)
        : base(nameof(BertEncoder))
    {
        layer = new ModuleList<BertLayer>(Enumerable.Range(0, config.Layers).Select(_ => new BertLayer(config)).ToArray());
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        foreach (BertLayer block in layer)
        {
            x = block.call(x);
        }

        return x;
    }
}

class BertLayer : Module<Tensor, Tensor>
{
    private readonly BertAttention attention;
    private readonly BertIntermediate intermediate;
    private readonly BertOutput output;

    public BertLayer(BertConfig config)
        : base(nameof(BertLayer))
    {
        attention = new BertAttention(config);
        intermediate = new BertIntermediate(config);
        output = new BertOutput(4 * config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = attention.call(x);
        return output.call(intermediate.call(x), x);
    }
}

class BertAttention : Module<Tensor, Tensor>
{
    private readonly BertSelfAttention self;
    private readonly BertOutput output;

    public BertAttention(BertConfig config)
        : base(nameof(BertAttention))
    {
        self = new BertSelfAttention(config);
        output = new BertOutput(config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => output.call(self.call(x), x);
}

class BertSelfAttention : Module<Tensor, Tensor>
{
    private readonly long heads;
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;

    public BertSelfAttention(BertConfig config)
        : base(nameof(BertSelfAttention))
    {
        heads = config.Heads;
        query = Linear(config.Width, config.Width);
        key = Linear(config.Width, config.Width);
        value = Linear(config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        (long batch, long time, long width) = (x.size(0), x.size(1), x.size(2));
        Tensor Split(Linear projection) => projection.call(x).view(batch, time, heads, width / heads).transpose(1, 2);
        Tensor mixed = functional.scaled_dot_product_attention(Split(query), Split(key), Split(value));
        return mixed.transpose(1, 2).contiguous().view(batch, time, width);
    }
}

class BertIntermediate : Module<Tensor, Tensor>
{
    private readonly Linear dense;

    public BertIntermediate(BertConfig config)
        : base(nameof(BertIntermediate))
    {
        dense = Linear(config.Width, 4 * config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.gelu(dense.call(x));
}

/// <summary>A linear layer, added to what went in before, and normalized.</summary>
class BertOutput : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly LayerNorm LayerNorm;

    public BertOutput(long inputs, long outputs)
        : base(nameof(BertOutput))
    {
        dense = Linear(inputs, outputs);
        LayerNorm = nn.LayerNorm(outputs, eps: 1e-12);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor residual) => LayerNorm.call(dense.call(x) + residual);
}

class BertPooler : Module<Tensor, Tensor>
{
    private readonly Linear dense;

    public BertPooler(BertConfig config)
        : base(nameof(BertPooler))
    {
        dense = Linear(config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => tanh(dense.call(x.select(1, 0)));
}
