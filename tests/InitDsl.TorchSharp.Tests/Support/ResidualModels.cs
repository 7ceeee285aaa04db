namespace InitDsl.Tests;

/// <summary>A ResNet as torchvision builds it: stem, four stages of blocks in Sequentials, shortcuts in Sequentials of their own.</summary>
internal sealed class SmallResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Linear fc;

    internal SmallResNet()
        : base(nameof(SmallResNet))
    {
        conv1 = Conv2d(3, 8, 3, padding: 1, bias: false);
        bn1 = BatchNorm2d(8);
        layer1 = Sequential(("0", new ResidualBlock(8, 8)), ("1", new ResidualBlock(8, 8)));
        layer2 = Sequential(("0", new ResidualBlock(8, 16)), ("1", new ResidualBlock(16, 16)));
        fc = Linear(16, 5);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        Tensor x = functional.relu(bn1.call(conv1.call(images)));
        return fc.call(layer2.call(layer1.call(x)).mean([2, 3])).MoveToOuterDisposeScope();
    }
}

internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    internal ResidualBlock(long inputs, long outputs)
        : base(nameof(ResidualBlock))
    {
        conv1 = Conv2d(inputs, outputs, 3, padding: 1, bias: false);
        bn1 = BatchNorm2d(outputs);
        conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(outputs);
        downsample = inputs == outputs ? null : Sequential(("0", Conv2d(inputs, outputs, 1, bias: false)), ("1", BatchNorm2d(outputs)));
        RegisterComponents();
    }

    /// <summary>What the block passes on without its branch.</summary>
    internal Tensor Shortcut(Tensor x) => downsample?.call(x) ?? x.alias();

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor branch = bn2.call(conv2.call(functional.relu(bn1.call(conv1.call(x)))));
        return functional.relu(branch + Shortcut(x)).MoveToOuterDisposeScope();
    }
}

/// <summary>A GPT-like stack with GPT-2's names; the head is tied to the embedding.</summary>
internal sealed class SmallGpt : Module<Tensor, Tensor>
{
    private readonly Embedding wte;
    private readonly ModuleList<SmallGptBlock> h;
    private readonly LayerNorm ln_f;
    private readonly Linear lm_head;

    internal SmallGpt(int layers)
        : base(nameof(SmallGpt))
    {
        wte = Embedding(20, 8);
        h = new ModuleList<SmallGptBlock>([.. Enumerable.Range(0, layers).Select(_ => new SmallGptBlock())]);
        ln_f = LayerNorm(8);
        lm_head = Linear(wte.weight!);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens) => tokens.alias();
}

internal sealed class SmallGptBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm ln_1;
    private readonly SmallGptPart attn;
    private readonly LayerNorm ln_2;
    private readonly SmallGptPart mlp;
    private readonly Parameter gamma;

    internal SmallGptBlock()
        : base(nameof(SmallGptBlock))
    {
        ln_1 = LayerNorm(8);
        attn = new("c_attn", 24, 8);
        ln_2 = LayerNorm(8);
        mlp = new("c_fc", 32, 32);
        gamma = Parameter(zeros(8));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x.alias();
}

internal sealed class SmallGptPart : Module<Tensor, Tensor>
{
    internal SmallGptPart(string first, long outputs, long inputs)
        : base(nameof(SmallGptPart))
    {
        register_module(first, Linear(8, outputs));
        register_module("c_proj", Linear(inputs, 8));
    }

    public override Tensor forward(Tensor x) => x.alias();
}
