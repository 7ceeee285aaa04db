// ResNet-18 and ResNet-50 (He et al. 2015) as TorchSharp modules, with the shapes and names of torchvision's.
// Loaded by resnet.csx: #load "models/resnet.csx"
#nullable enable annotations

class ResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Linear fc;

    private ResNet(string name, int[] blocks, int expansion, Func<long, long, long, Module<Tensor, Tensor>> block, long classes)
        : base(name)
    {
        Sequential Stage(int stage, long inputs, long width, long stride) =>
            Sequential([.. Enumerable.Range(0, blocks[stage]).Select(i =>
                ($"{i}", block(i == 0 ? inputs : width * expansion, width, i == 0 ? stride : 1)))]);

        conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
        bn1 = BatchNorm2d(64);
        layer1 = Stage(0, 64, 64, stride: 1);
        layer2 = Stage(1, 64 * expansion, 128, stride: 2);
        layer3 = Stage(2, 128 * expansion, 256, stride: 2);
        layer4 = Stage(3, 256 * expansion, 512, stride: 2);
        fc = Linear(512 * expansion, classes);
        RegisterComponents();
    }

    /// <summary>11.7 million parameters.</summary>
    public static ResNet Of18Layers(long classes = 1000) =>
        new("ResNet18", [2, 2, 2, 2], 1, (inputs, width, stride) => new BasicBlock(inputs, width, stride), classes);

    /// <summary>25.6 million parameters.</summary>
    public static ResNet Of50Layers(long classes = 1000) =>
        new("ResNet50", [3, 4, 6, 3], 4, (inputs, width, stride) => new Bottleneck(inputs, width, stride), classes);

    public override Tensor forward(Tensor images)
    {
        Tensor x = functional.relu(bn1.call(conv1.call(images)));
        x = functional.max_pool2d(x, 3, 2, 1);
        x = layer4.call(layer3.call(layer2.call(layer1.call(x))));
        return fc.call(x.mean([2, 3]));
    }

    /// <summary>What a block adds its branch to: its input, or a projection of it where the shape changes.</summary>
    internal static Sequential? Shortcut(long inputs, long outputs, long stride) =>
        inputs == outputs && stride == 1
            ? null
            : Sequential(("0", Conv2d(inputs, outputs, 1, stride: stride, bias: false)), ("1", BatchNorm2d(outputs)));
}

class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    public BasicBlock(long inputs, long width, long stride)
        : base(nameof(BasicBlock))
    {
        conv1 = Conv2d(inputs, width, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(width);
        conv2 = Conv2d(width, width, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(width);
        downsample = ResNet.Shortcut(inputs, width, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor branch = bn2.call(conv2.call(functional.relu(bn1.call(conv1.call(x)))));
        return functional.relu(branch + (downsample?.call(x) ?? x));
    }
}

class Bottleneck : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly Sequential? downsample;

    public Bottleneck(long inputs, long width, long stride)
        : base(nameof(Bottleneck))
    {
        conv1 = Conv2d(inputs, width, 1, bias: false);
        bn1 = BatchNorm2d(width);
        conv2 = Conv2d(width, width, 3, stride: stride, padding: 1, bias: false);
        bn2 = BatchNorm2d(width);
        conv3 = Conv2d(width, 4 * width, 1, bias: false);
        bn3 = BatchNorm2d(4 * width);
        downsample = ResNet.Shortcut(inputs, 4 * width, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor branch = functional.relu(bn1.call(conv1.call(x)));
        branch = functional.relu(bn2.call(conv2.call(branch)));
        branch = bn3.call(conv3.call(branch));
        return functional.relu(branch + (downsample?.call(x) ?? x));
    }
}
