// GPT-2 (Radford et al. 2019) as TorchSharp modules, with the names of its published weights.
// Loaded by quickstart.csx: #load "models/gpt2.csx"

record Gpt2Config(long Vocabulary, long Positions, int Layers, long Width, long Heads)
{
    /// <summary>GPT-2 small: 124 million parameters.</summary>
    public static Gpt2Config Small { get; } = new(50257, 1024, 12, 768, 12);

    /// <summary>The same network, small enough for a test.</summary>
    public static Gpt2Config Tiny { get; } = new(512, 64, 2, 48, 4);
}

class Gpt2 : Module<Tensor, Tensor>
{
    private readonly Embedding wte;
    private readonly Embedding wpe;
    private readonly ModuleList<Gpt2Block> h;
    private readonly LayerNorm ln_f;
    private readonly Linear lm_head;

    public Gpt2(Gpt2Config config)
        : base(nameof(Gpt2))
    {
        wte = Embedding(config.Vocabulary, config.Width);
        wpe = Embedding(config.Positions, config.Width);
        h = new ModuleList<Gpt2Block>(Enumerable.Range(0, config.Layers).Select(_ => new Gpt2Block(config)).ToArray());
        ln_f = LayerNorm(config.Width);
        lm_head = Linear(wte.weight!);   // tied: the matrix that reads tokens also writes them
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        Tensor x = wte.call(tokens) + wpe.call(arange(tokens.size(1)));
        foreach (Gpt2Block block in h)
        {
            x = block.call(x);
        }

        return lm_head.call(ln_f.call(x));
    }
}

class Gpt2Block : Module<Tensor, Tensor>
{
    private readonly LayerNorm ln_1;
    private readonly Gpt2Attention attn;
    private readonly LayerNorm ln_2;
    private readonly Gpt2Mlp mlp;

    public Gpt2Block(Gpt2Config config)
        : base(nameof(Gpt2Block))
    {
        ln_1 = LayerNorm(config.Width);
        attn = new Gpt2Attention(config);
        ln_2 = LayerNorm(config.Width);
        mlp = new Gpt2Mlp(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + attn.call(ln_1.call(x));
        return x + mlp.call(ln_2.call(x));
    }
}

class Gpt2Attention : Module<Tensor, Tensor>
{
    private readonly long heads;
    private readonly Linear c_attn;   // queries, keys and values in one matrix
    private readonly Linear c_proj;

    public Gpt2Attention(Gpt2Config config)
        : base(nameof(Gpt2Attention))
    {
        heads = config.Heads;
        c_attn = Linear(config.Width, 3 * config.Width);
        c_proj = Linear(config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        (long batch, long time, long width) = (x.size(0), x.size(1), x.size(2));
        Tensor[] qkv = c_attn.call(x).chunk(3, 2);
        Tensor Split(Tensor t) => t.view(batch, time, heads, width / heads).transpose(1, 2);
        Tensor mixed = functional.scaled_dot_product_attention(Split(qkv[0]), Split(qkv[1]), Split(qkv[2]), is_casual: true);
        return c_proj.call(mixed.transpose(1, 2).contiguous().view(batch, time, width));
    }
}

class Gpt2Mlp : Module<Tensor, Tensor>
{
    private readonly Linear c_fc;
    private readonly Linear c_proj;

    public Gpt2Mlp(Gpt2Config config)
        : base(nameof(Gpt2Mlp))
    {
        c_fc = Linear(config.Width, 4 * config.Width);
        c_proj = Linear(4 * config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => c_proj.call(functional.gelu(c_fc.call(x)));
}
