// ConvNeXt (Liu et al. 2022) as TorchSharp modules, with the shapes and names of the authors' code.
// Loaded by convnext.csx: #load "models/convnext.csx"

record ConvNextConfig(int[] Depths, long[] Widths, long Classes)
{
    /// <summary>ConvNeXt-T: 28.6 million parameters.</summary>
    public static ConvNextConfig T { get; } = new([3, 3, 9, 3], [96, 192, 384, 768], 1000);

    /// <summary>The same network, small enough for a test.</summary>
    public static ConvNextConfig Tiny { get; } = new([1, 1, 2, 1], [8, 16, 32, 64], 10);
}

class ConvNext : Module<Tensor, Tensor>
{
    private readonly ModuleList<Sequential> downsample_layers;
    private readonly ModuleList<Sequential> stages;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public ConvNext(ConvNextConfig config)
        : base(nameof(ConvNext))
    {
        long[] widths = config.Widths;
        Sequential Downsample(int stage) => stage == 0
            ? Sequential(("0", Conv2d(3, widths[0], 4, stride: 4)), ("1", new ChannelNorm(widths[0])))
            : Sequential(("0", new ChannelNorm(widths[stage - 1])), ("1", Conv2d(widths[stage - 1], widths[stage], 2, stride: 2)));
        Sequential Stage(int stage) => Sequential(
            [.. Enumerable.Range(0, config.Depths[stage]).Select(i => ($"{i}", (Module<Tensor, Tensor>)new ConvNextBlock(widths[stage])))]);

        downsample_layers = new ModuleList<Sequential>(Enumerable.Range(0, 4).Select(Downsample).ToArray());
        stages = new ModuleList<Sequential>(Enumerable.Range(0, 4).Select(Stage).ToArray());
        norm = LayerNorm(widths[3], eps: 1e-6);
        head = Linear(widths[3], config.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        Tensor x = images;
        for (int stage = 0; stage < 4; stage++)
        {
            x = stages[stage].call(downsample_layers[stage].call(x));
        }

        return head.call(norm.call(x.mean([2, 3])));
    }
}

class ConvNextBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d dwconv;
    private readonly LayerNorm norm;
    private readonly Linear pwconv1;
    private readonly Linear pwconv2;
    private readonly Parameter gamma;

    public ConvNextBlock(long width)
        : base(nameof(ConvNextBlock))
    {
        dwconv = Conv2d(width, width, 7, padding: 3, groups: width);
        norm = LayerNorm(width, eps: 1e-6);
        pwconv1 = Linear(width, 4 * width);
        pwconv2 = Linear(4 * width, width);
        gamma = new Parameter(1e-6 * ones(width));   // how much of the branch is added, a channel
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor branch = norm.call(dwconv.call(x).permute(0, 2, 3, 1));
        branch = gamma * pwconv2.call(functional.gelu(pwconv1.call(branch)));
        return x + branch.permute(0, 3, 1, 2);
    }
}

/// <summary>Layer normalization over the channels of [batch, channels, height, width].</summary>
class ChannelNorm : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    public ChannelNorm(long width)
        : base(nameof(ChannelNorm))
    {
        weight = new Parameter(ones(width));
        bias = new Parameter(zeros(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) =>
        functional.layer_norm(x.permute(0, 2, 3, 1), [weight.size(0)], weight, bias, 1e-6).permute(0, 3, 1, 2);
}
