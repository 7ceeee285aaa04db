// EfficientNet-B0 (Tan and Le 2019) as TorchSharp modules, with the shapes and names of timm's.
// Loaded by efficientnet.csx: #load "models/efficientnet.csx"

class EfficientNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv_stem;
    private readonly BatchNorm2d bn1;
    private readonly Sequential blocks;
    private readonly Conv2d conv_head;
    private readonly BatchNorm2d bn2;
    private readonly Linear classifier;

    /// <summary>EfficientNet-B0: 5.3 million parameters.</summary>
    public EfficientNet(long classes = 1000)
        : base(nameof(EfficientNet))
    {
        // Blocks, kernel, stride and output channels of each stage: table 1 of the paper. The first does not widen.
        (int Blocks, long Kernel, long Stride, long Width)[] stages =
            [(1, 3, 1, 16), (2, 3, 2, 24), (2, 5, 2, 40), (3, 3, 2, 80), (3, 5, 1, 112), (4, 5, 2, 192), (1, 3, 1, 320)];
        long inputs = 32;
        var stageModules = new List<(string, Module<Tensor, Tensor>)>();
        foreach ((int count, long kernel, long stride, long width) in stages)
        {
            var stage = new List<(string, Module<Tensor, Tensor>)>();
            for (int i = 0; i < count; i++)
            {
                stage.Add(($"{i}", stageModules.Count == 0
                    ? new DepthwiseSeparable(inputs, width, kernel)
                    : new InvertedResidual(inputs, width, kernel, i == 0 ? stride : 1)));
                inputs = width;
            }

            stageModules.Add(($"{stageModules.Count}", Sequential(stage)));
        }

        conv_stem = Conv2d(3, 32, 3, stride: 2, padding: 1, bias: false);
        bn1 = BatchNorm2d(32);
        blocks = Sequential(stageModules);
        conv_head = Conv2d(320, 1280, 1, bias: false);
        bn2 = BatchNorm2d(1280);
        classifier = Linear(1280, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        Tensor x = blocks.call(functional.silu(bn1.call(conv_stem.call(images))));
        return classifier.call(functional.silu(bn2.call(conv_head.call(x))).mean([2, 3]));
    }
}

/// <summary>Convolves each channel by itself, weighs the channels, mixes them.</summary>
class DepthwiseSeparable : Module<Tensor, Tensor>
{
    private readonly Conv2d conv_dw;
    private readonly BatchNorm2d bn1;
    private readonly SqueezeExcite se;
    private readonly Conv2d conv_pw;
    private readonly BatchNorm2d bn2;

    public DepthwiseSeparable(long inputs, long outputs, long kernel)
        : base(nameof(DepthwiseSeparable))
    {
        conv_dw = Conv2d(inputs, inputs, kernel, padding: kernel / 2, groups: inputs, bias: false);
        bn1 = BatchNorm2d(inputs);
        se = new SqueezeExcite(inputs, inputs / 4);
        conv_pw = Conv2d(inputs, outputs, 1, bias: false);
        bn2 = BatchNorm2d(outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) =>
        bn2.call(conv_pw.call(se.call(functional.silu(bn1.call(conv_dw.call(x))))));
}

/// <summary>Widens first, and is added to its input where the shape allows.</summary>
class InvertedResidual : Module<Tensor, Tensor>
{
    private readonly bool residual;
    private readonly Conv2d conv_pw;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv_dw;
    private readonly BatchNorm2d bn2;
    private readonly SqueezeExcite se;
    private readonly Conv2d conv_pwl;
    private readonly BatchNorm2d bn3;

    public InvertedResidual(long inputs, long outputs, long kernel, long stride)
        : base(nameof(InvertedResidual))
    {
        long width = 6 * inputs;
        residual = stride == 1 && inputs == outputs;
        conv_pw = Conv2d(inputs, width, 1, bias: false);
        bn1 = BatchNorm2d(width);
        conv_dw = Conv2d(width, width, kernel, stride: stride, padding: kernel / 2, groups: width, bias: false);
        bn2 = BatchNorm2d(width);
        se = new SqueezeExcite(width, inputs / 4);
        conv_pwl = Conv2d(width, outputs, 1, bias: false);
        bn3 = BatchNorm2d(outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor branch = functional.silu(bn1.call(conv_pw.call(x)));
        branch = se.call(functional.silu(bn2.call(conv_dw.call(branch))));
        branch = bn3.call(conv_pwl.call(branch));
        return residual ? x + branch : branch;
    }
}

class SqueezeExcite : Module<Tensor, Tensor>
{
    private readonly Conv2d conv_reduce;
    private readonly Conv2d conv_expand;

    public SqueezeExcite(long channels, long reduced)
        : base(nameof(SqueezeExcite))
    {
        conv_reduce = Conv2d(channels, reduced, 1);
        conv_expand = Conv2d(reduced, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor weights = functional.silu(conv_reduce.call(x.mean([2, 3], keepdim: true)));
        return x * sigmoid(conv_expand.call(weights));
    }
}
