// DCGAN (Radford, Metz, Chintala 2015) as TorchSharp modules, with the shapes and names of PyTorch's example dcgan.
// Loaded by dcgan.csx: #load "models/dcgan.csx"

/// <summary>Makes images of 64 × 64 from vectors of 100 numbers: 3.6 million parameters.</summary>
class DcganGenerator : Module<Tensor, Tensor>
{
    private readonly Sequential main;

    public DcganGenerator(long noise = 100, long features = 64)
        : base(nameof(DcganGenerator))
    {
        main = Sequential(
            ("0", ConvTranspose2d(noise, 8 * features, 4, bias: false)), ("1", BatchNorm2d(8 * features)), ("2", ReLU()),
            ("3", Doubling(8 * features, 4 * features)), ("4", BatchNorm2d(4 * features)), ("5", ReLU()),
            ("6", Doubling(4 * features, 2 * features)), ("7", BatchNorm2d(2 * features)), ("8", ReLU()),
            ("9", Doubling(2 * features, features)), ("10", BatchNorm2d(features)), ("11", ReLU()),
            ("12", Doubling(features, 3)), ("13", Tanh()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor noise) => main.call(noise);

    private static ConvTranspose2d Doubling(long inputs, long outputs) =>
        ConvTranspose2d(inputs, outputs, 4, stride: 2, padding: 1, bias: false);
}

/// <summary>Tells images from made-up ones: 2.8 million parameters.</summary>
class DcganDiscriminator : Module<Tensor, Tensor>
{
    private readonly Sequential main;

    public DcganDiscriminator(long features = 64)
        : base(nameof(DcganDiscriminator))
    {
        main = Sequential(
            ("0", Halving(3, features)), ("1", LeakyReLU(0.2)),
            ("2", Halving(features, 2 * features)), ("3", BatchNorm2d(2 * features)), ("4", LeakyReLU(0.2)),
            ("5", Halving(2 * features, 4 * features)), ("6", BatchNorm2d(4 * features)), ("7", LeakyReLU(0.2)),
            ("8", Halving(4 * features, 8 * features)), ("9", BatchNorm2d(8 * features)), ("10", LeakyReLU(0.2)),
            ("11", Conv2d(8 * features, 1, 4, bias: false)), ("12", Sigmoid()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor images) => main.call(images).view(-1);

    private static Conv2d Halving(long inputs, long outputs) =>
        Conv2d(inputs, outputs, 4, stride: 2, padding: 1, bias: false);
}
