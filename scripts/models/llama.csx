// Llama (Touvron et al. 2023) as TorchSharp modules, with the shapes and names of Hugging Face's LlamaForCausalLM.
// Loaded by scripts: #load "models/llama.csx"

record LlamaConfig(long Vocabulary, int Layers, long Width, long Hidden, long Heads)
{
    /// <summary>Llama 7B: 6.7 billion parameters.</summary>
    public static LlamaConfig Of7B { get; } = new(32000, 32, 4096, 11008, 32);

    /// <summary>The same network, small enough for a test.</summary>
    public static LlamaConfig Tiny { get; } = new(128, 2, 48, 128, 4);
}

class Llama : Module<Tensor, Tensor>
{
    private readonly LlamaModel model;
    private readonly Linear lm_head;

    public Llama(LlamaConfig config)
        : base(nameof(Llama))
    {
        model = new LlamaModel(config);
        lm_head = Linear(config.Width, config.Vocabulary, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => lm_head.call(model.call(tokens));
}

class LlamaModel : Module<Tensor, Tensor>
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<LlamaLayer> layers;
    private readonly RmsNorm norm;

    public LlamaModel(LlamaConfig config)
        : base(nameof(LlamaModel))
    {
        embed_tokens = Deferred.Embedding(config.Vocabulary, config.Width);   // an ordinary one, unless built by Deferred.Build
        layers = new ModuleList<LlamaLayer>(Enumerable.Range(0, config.Layers).Select(_ => new LlamaLayer(config)).ToArray());
        norm = new RmsNorm(config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        Tensor x = embed_tokens.call(tokens);
        foreach (LlamaLayer layer in layers)
        {
            x = layer.call(x);
        }

        return norm.call(x);
    }
}

class LlamaLayer : Module<Tensor, Tensor>
{
    private readonly RmsNorm input_layernorm;
    private readonly LlamaAttention self_attn;
    private readonly RmsNorm post_attention_layernorm;
    private readonly LlamaMlp mlp;

    public LlamaLayer(LlamaConfig config)
        : base(nameof(LlamaLayer))
    {
        input_layernorm = new RmsNorm(config.Width);
        self_attn = new LlamaAttention(config);
        post_attention_layernorm = new RmsNorm(config.Width);
        mlp = new LlamaMlp(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + self_attn.call(input_layernorm.call(x));
        return x + mlp.call(post_attention_layernorm.call(x));
    }
}

class LlamaAttention : Module<Tensor, Tensor>
{
    private readonly long heads;
    private readonly Linear q_proj;
    private readonly Linear k_proj;
    private readonly Linear v_proj;
    private readonly Linear o_proj;

    public LlamaAttention(LlamaConfig config)
        : base(nameof(LlamaAttention))
    {
        heads = config.Heads;
        q_proj = Linear(config.Width, config.Width, hasBias: false);
        k_proj = Linear(config.Width, config.Width, hasBias: false);
        v_proj = Linear(config.Width, config.Width, hasBias: false);
        o_proj = Linear(config.Width, config.Width, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        (long batch, long time, long width) = (x.size(0), x.size(1), x.size(2));
        Tensor Split(Linear projection) => projection.call(x).view(batch, time, heads, width / heads).transpose(1, 2);
        Tensor mixed = functional.scaled_dot_product_attention(
            Rotate(Split(q_proj)), Rotate(Split(k_proj)), Split(v_proj), is_casual: true);
        return o_proj.call(mixed.transpose(1, 2).contiguous().view(batch, time, width));
    }

    /// <summary>Rotary position embedding (Su et al. 2021): pairs of coordinates turned by an angle that grows with time.</summary>
    private static Tensor Rotate(Tensor x)
    {
        (long time, long half) = (x.size(2), x.size(3) / 2);
        Tensor angles = outer(arange(time, dtype: float32), pow(10000f, arange(half, dtype: float32) / -half)).to(x.dtype);
        (Tensor a, Tensor b) = (x.narrow(3, 0, half), x.narrow(3, half, half));
        return cat([(a * angles.cos()) - (b * angles.sin()), (b * angles.cos()) + (a * angles.sin())], 3);
    }
}

class LlamaMlp : Module<Tensor, Tensor>
{
    private readonly Linear gate_proj;
    private readonly Linear up_proj;
    private readonly Linear down_proj;

    public LlamaMlp(LlamaConfig config)
        : base(nameof(LlamaMlp))
    {
        gate_proj = Linear(config.Width, config.Hidden, hasBias: false);
        up_proj = Linear(config.Width, config.Hidden, hasBias: false);
        down_proj = Linear(config.Hidden, config.Width, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => down_proj.call(functional.silu(gate_proj.call(x)) * up_proj.call(x));
}

/// <summary>Root mean square normalization (Zhang and Sennrich 2019), which TorchSharp has no module for.</summary>
class RmsNorm : Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    public RmsNorm(long width)
        : base(nameof(RmsNorm))
    {
        weight = new Parameter(ones(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x * rsqrt(x.square().mean([-1], keepdim: true) + 1e-6) * weight;
}
