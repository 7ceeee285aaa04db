using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>Every parameter of the models in scripts/models against the formulas of timm, torchvision, ConvNeXt and pytorch/examples.</summary>
public class ConvolutionalPresetTests
{
    [Fact]
    public void ResNet50_has_He_fan_out_and_silent_branches()
    {
        using ResNet model = Deferred.Build(() => ResNet.Of50Layers());
        ResNetTable(2048, silent: "layer?.?.bn3.weight").Holds(Presets.ResNet, model);
        ResNetTable(2048).Holds(Presets.ResNetTorchvision, model);
    }

    [Fact]
    public void ResNet18_has_He_fan_out_and_silent_branches()
    {
        using ResNet model = ResNet.Of18Layers(classes: 10);
        ResNetTable(512, silent: "layer?.?.bn2.weight").HoldsInValues(Presets.ResNet, model);
        ResNetTable(512).Holds(Presets.ResNetTorchvision, model);
    }

    [Fact]
    public void ResNets_exceptions_win_without_a_warning()
    {
        using ResNet model = Deferred.Build(() => ResNet.Of18Layers());
        Plan plan = (Presets.ResNet + Named("fc").Weight(Normal(std: 0.01)).Bias(Zeros)).Compile(model, seed: 1);
        Assert.Equal(0.01, plan.Steps.Single(step => step.Path == "fc.weight").Law.Std);
        Assert.Empty(plan.Diagnostics);
    }

    [Fact]
    public void EfficientNet_counts_the_fan_out_of_a_group()
    {
        var table = new LawTable
        {
            { "*conv_dw.weight", shape => Gaussian(Math.Sqrt(2.0 / (shape[2] * shape[3]))) },   // as many groups as channels
            { "*conv_*.weight", shape => Gaussian(Math.Sqrt(2.0 / (shape[2] * shape[3] * shape[0]))) },
            { "*bn?.weight", One },
            { "classifier.weight", shape => PlusMinus(1 / Math.Sqrt(shape[0])) },
            { "*.bias", Zero },
        };
        using EfficientNet whole = Deferred.Build(() => new EfficientNet());
        table.Holds(Presets.EfficientNet, whole);
        using var model = new EfficientNet(classes: 10);
        table.HoldsInValues(Presets.EfficientNet, model);
    }

    [Fact]
    public void Dcgan_is_normal()
    {
        var table = new LawTable
        {
            { "main.0.weight", Gaussian(0.02) },
            { "main.1.weight", Gaussian(0.02, mean: 1) },
            { "main.3.weight", Gaussian(0.02) },
            { "main.4.weight", Gaussian(0.02, mean: 1) },
            { "main.6.weight", Gaussian(0.02) },
            { "main.7.weight", Gaussian(0.02, mean: 1) },
            { "main.9.weight", Gaussian(0.02) },
            { "main.10.weight", Gaussian(0.02, mean: 1) },
            { "main.12.weight", Gaussian(0.02) },
            { "main.*.bias", Zero },
        };
        using var generator = new DcganGenerator();
        table.HoldsInValues(Presets.Dcgan, generator);

        table = new()
        {
            { "main.0.weight", Gaussian(0.02) },
            { "main.2.weight", Gaussian(0.02) },
            { "main.3.weight", Gaussian(0.02, mean: 1) },
            { "main.5.weight", Gaussian(0.02) },
            { "main.6.weight", Gaussian(0.02, mean: 1) },
            { "main.8.weight", Gaussian(0.02) },
            { "main.9.weight", Gaussian(0.02, mean: 1) },
            { "main.11.weight", Gaussian(0.02) },
            { "main.*.bias", Zero },
        };
        using var discriminator = new DcganDiscriminator();
        table.HoldsInValues(Presets.Dcgan, discriminator);
    }

    [Fact]
    public void ConvNeXt_is_truncated_far_out_and_scales_its_layers()
    {
        var table = new LawTable
        {
            { "downsample_layers.0.1.weight", One },
            { "downsample_layers.?.0.weight", shape => shape.Length == 1 ? One : CutFarOut(0.02) },
            { "downsample_layers.?.1.weight", CutFarOut(0.02) },
            { "stages.*.dwconv.weight", CutFarOut(0.02) },
            { "stages.*.pwconv?.weight", CutFarOut(0.02) },
            { "stages.*.gamma", Constant(1e-6) },
            { "*norm.weight", One },
            { "head.weight", CutFarOut(0.02) },
            { "*.bias", Zero },
        };

        // Deferred models must not compute: ConvNeXt's constructor does, gamma = 1e-6 · ones.
        using var whole = new ConvNext(ConvNextConfig.T);
        table.Holds(Presets.ConvNeXt, whole);
        using var tiny = new ConvNext(ConvNextConfig.Tiny);
        table.HoldsInValues(Presets.ConvNeXt, tiny);
    }

    private static LawTable ResNetTable(long features, string? silent = null)
    {
        var table = new LawTable
        {
            { "*conv?.weight", He },
            { "*downsample.0.weight", He },
            { "*bn?.weight", One },
            { "*downsample.1.weight", One },
            { "fc.*", PlusMinus(1 / Math.Sqrt(features)) },
            { "*.bias", Zero },
        };
        if (silent is not null)
        {
            table.Insert(0, (silent, _ => Zero));
        }

        return table;

        static ExpectedLaw He(long[] shape) => Gaussian(Math.Sqrt(2.0 / (shape[0] * shape[2] * shape[3])));
    }
}
