// Vision transformer (Dosovitskiy et al. 2020) as TorchSharp modules, with the shapes and names of timm's
// vit_base_patch16_224.
// Loaded by vit.csx: #load "models/vit.csx"

record VitConfig(long Image, long Patch, int Layers, long Width, long Heads, long Classes)
{
    /// <summary>ViT-B/16: 86.6 million parameters.</summary>
    public static VitConfig Base16 { get; } = new(224, 16, 12, 768, 12, 1000);

    /// <summary>The same network, small enough for a test.</summary>
    public static VitConfig Tiny { get; } = new(32, 8, 2, 48, 4, 10);
}

class VisionTransformer : Module<Tensor, Tensor>
{
    private readonly VitPatches patch_embed;
    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly ModuleList<VitBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public VisionTransformer(VitConfig config)
        : base(nameof(VisionTransformer))
    {
        long patches = config.Image / config.Patch * (config.Image / config.Patch);
        patch_embed = new VitPatches(config);
        cls_token = new Parameter(zeros(1, 1, config.Width));
        pos_embed = new Parameter(zeros(1, patches + 1, config.Width));
        blocks = new ModuleList<VitBlock>(Enumerable.Range(0, config.Layers).Select(_ => new VitBlock(config)).ToArray());
        norm = LayerNorm(config.Width, eps: 1e-6);
        head = Linear(config.Width, config.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        Tensor x = patch_embed.call(images);
        x = cat([cls_token.expand(x.size(0), -1, -1), x], 1) + pos_embed;
        foreach (VitBlock block in blocks)
        {
            x = block.call(x);
        }

        return head.call(norm.call(x).select(1, 0));
    }
}

class VitPatches : Module<Tensor, Tensor>
{
    private readonly Conv2d proj;

    public VitPatches(VitConfig config)
        : base(nameof(VitPatches))
    {
        proj = Conv2d(3, config.Width, config.Patch, stride: config.Patch);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images) => proj.call(images).flatten(2).transpose(1, 2);
}

class VitBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly VitAttention attn;
    private readonly LayerNorm norm2;
    private readonly VitMlp mlp;

    public VitBlock(VitConfig config)
        : base(nameof(VitBlock))
    {
        norm1 = LayerNorm(config.Width, eps: 1e-6);
        attn = new VitAttention(config);
        norm2 = LayerNorm(config.Width, eps: 1e-6);
        mlp = new VitMlp(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + attn.call(norm1.call(x));
        return x + mlp.call(norm2.call(x));
    }
}

class VitAttention : Module<Tensor, Tensor>
{
    private readonly long heads;
    private readonly Linear qkv;   // queries, keys and values in one matrix
    private readonly Linear proj;

    public VitAttention(VitConfig config)
        : base(nameof(VitAttention))
    {
        heads = config.Heads;
        qkv = Linear(config.Width, 3 * config.Width);
        proj = Linear(config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        (long batch, long patches, long width) = (x.size(0), x.size(1), x.size(2));
        Tensor[] parts = qkv.call(x).chunk(3, 2);
        Tensor Split(Tensor t) => t.view(batch, patches, heads, width / heads).transpose(1, 2);
        Tensor mixed = functional.scaled_dot_product_attention(Split(parts[0]), Split(parts[1]), Split(parts[2]));
        return proj.call(mixed.transpose(1, 2).contiguous().view(batch, patches, width));
    }
}

class VitMlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly Linear fc2;

    public VitMlp(VitConfig config)
        : base(nameof(VitMlp))
    {
        fc1 = Linear(config.Width, 4 * config.Width);
        fc2 = Linear(4 * config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => fc2.call(functional.gelu(fc1.call(x)));
}
