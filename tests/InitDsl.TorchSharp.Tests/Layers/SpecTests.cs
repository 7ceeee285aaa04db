namespace InitDsl.Tests;

/// <summary>What the backend states of each layer's parameters.</summary>
public class SpecTests
{
    [Fact]
    public void Linear_counts_out_in_and_its_bias_carries_the_same()
    {
        using Linear layer = Linear(3, 5);
        Dictionary<string, ParamSpec> specs = Specs(layer);
        Assert.Equal((LayerKind.Linear, ParamRole.Weight, new FanCount(3, 5)), Facts(specs["weight"]));
        Assert.Equal((LayerKind.Linear, ParamRole.Bias, new FanCount(3, 5)), Facts(specs["bias"]));
        Assert.Equal(new FanCount(3, 5), specs["bias"].TorchFans);
        Assert.Equal(new Shape(5, 3), specs["weight"].Shape);
        Assert.Equal(typeof(Linear), specs["weight"].ModuleType);
        Assert.False(specs["weight"].Opaque);
    }

    [Fact]
    public void Convolutions_count_their_groups()
    {
        using Conv2d plain = Conv2d(4, 6, 3);
        Assert.Equal((LayerKind.Convolution, ParamRole.Weight, new FanCount(36, 54)), Facts(Specs(plain)["weight"]));

        using Conv2d grouped = Conv2d(4, 6, 3, groups: 2);
        ParamSpec weight = Specs(grouped)["weight"];
        Assert.Equal(new FanCount(18, 27), weight.LayerFans);
        Assert.Equal(new FanCount(18, 54), weight.TorchFans);
        Assert.Equal(weight.LayerFans, Specs(grouped)["bias"].LayerFans);

        using Conv1d one = Conv1d(4, 6, 5);
        Assert.Equal(new FanCount(20, 30), Specs(one)["weight"].LayerFans);
        using Conv3d three = Conv3d(1, 2, 3);
        Assert.Equal(new FanCount(27, 54), Specs(three)["weight"].LayerFans);
    }

    [Fact]
    public void Transposed_convolutions_count_from_the_other_side_and_divide_by_the_stride()
    {
        using ConvTranspose2d plain = ConvTranspose2d(8, 12, 3);
        Assert.Equal((LayerKind.TransposedConvolution, ParamRole.Weight, new FanCount(72, 108)), Facts(Specs(plain)["weight"]));
        Assert.Equal(new FanCount(108, 72), Specs(plain)["weight"].TorchFans);

        using ConvTranspose2d strided = ConvTranspose2d(8, 12, 4, stride: 2, groups: 4);
        ParamSpec weight = Specs(strided)["weight"];
        Assert.Equal(new Shape(8, 3, 4, 4), weight.Shape);
        Assert.Equal(new FanCount(8.0 * 16 / 4 / 4, 48), weight.LayerFans);
        Assert.Equal(weight.LayerFans, Specs(strided)["bias"].LayerFans);
        Assert.All(Specs(strided).Values, spec => Assert.Equal((true, spec.LayerFans), (spec.RowsAreInputs, spec.RowsOf(new(0, 2)).LayerFans)));
        using Linear linear = Linear(4, 3);
        Assert.All(Specs(linear).Values, spec => Assert.Equal((false, new FanCount(4, 1)), (spec.RowsAreInputs, spec.RowsOf(new(0, 1)).LayerFans!.Value)));

        using ConvTranspose1d one = ConvTranspose1d(2, 4, 3);
        Assert.Equal(new FanCount(6, 12), Specs(one)["weight"].LayerFans);
        using ConvTranspose3d three = ConvTranspose3d(2, 4, 3, stride: 3);
        Assert.Equal(new FanCount(2, 108), Specs(three)["weight"].LayerFans);
    }

    [Fact]
    public void Bilinear_feeds_an_output_from_every_pair()
    {
        using Bilinear layer = Bilinear(3, 4, 5);
        ParamSpec weight = Specs(layer)["weight"];
        Assert.Equal((LayerKind.Bilinear, ParamRole.Weight, new FanCount(12, 5)), Facts(weight));
        Assert.Equal(3, weight.BilinearIn1);
        Assert.Equal(3, Specs(layer)["bias"].BilinearIn1);
    }

    [Theory]
    [InlineData("RNN", 1)]
    [InlineData("GRU", 3)]
    [InlineData("LSTM", 4)]
    [InlineData("RNNCell", 1)]
    [InlineData("GRUCell", 3)]
    [InlineData("LSTMCell", 4)]
    public void Recurrent_layers_count_one_gate(string layer, long gates)
    {
        using nn.Module module = Layers.Native[layer]();
        foreach (ParamSpec spec in Specs(module).Values)
        {
            Assert.Equal((LayerKind.Recurrent, gates), (spec.Kind, spec.Blocks));
            Assert.Equal(spec.Name.StartsWith("bias", StringComparison.Ordinal) ? ParamRole.Bias : ParamRole.Weight, spec.Role);
            double inputs = spec.Name.Contains("_hh", StringComparison.Ordinal) ? 4 : spec.Name.Contains("_l1", StringComparison.Ordinal) ? 8 : 3;
            Assert.Equal(new FanCount(inputs, 4), spec.LayerFans);
            Assert.Equal(new FanCount(inputs, 4 * gates), spec.TorchFans);
        }
    }

    [Fact]
    public void Embeddings_and_slopes()
    {
        using Embedding table = Embedding(7, 3);
        Assert.Equal((LayerKind.Embedding, ParamRole.Weight, new FanCount(3, 7)), Facts(Specs(table)["weight"]));
        using PReLU slopes = PReLU(4, 0.1);
        ParamSpec weight = Specs(slopes)["weight"];
        Assert.Equal((LayerKind.PReLU, ParamRole.Weight, 0.1), (weight.Kind, weight.Role, weight.PReLUInit));
        Assert.Null(weight.LayerFans);
    }

    [Theory]
    [InlineData("BatchNorm1d")]
    [InlineData("BatchNorm2d")]
    [InlineData("BatchNorm3d")]
    [InlineData("InstanceNorm1d")]
    [InlineData("InstanceNorm2d")]
    [InlineData("InstanceNorm3d")]
    [InlineData("LayerNorm")]
    [InlineData("GroupNorm")]
    public void Normalizations_have_no_fans_and_only_GroupNorm_is_never_initialised(string layer)
    {
        using nn.Module module = Layers.Managed[layer]();
        Dictionary<string, ParamSpec> specs = Specs(module);
        Assert.Equal(["bias", "weight"], specs.Keys.Order());
        Assert.All(specs.Values, spec => Assert.Equal(LayerKind.Normalization, spec.Kind));
        Assert.All(specs.Values, spec => Assert.Null(spec.LayerFans));
        Assert.All(specs.Values, spec => Assert.Equal(layer == "GroupNorm", spec.NeverInitialised));
    }

    [Fact]
    public void A_GroupNorm_without_a_rule_is_an_error_and_with_one_it_is_filled()
    {
        using Sequential model = Sequential(("norm", GroupNorm(2, 4)), ("fc", Linear(4, 4)));
        InitException refused = Assert.Throws<InitException>(() => When<Linear>().Weight(Kaiming).Compile(model, seed: 1));
        Assert.Equal(["norm.weight", "norm.bias"], refused.Diagnostics.Where(found => found.Code == "INIT004").Select(found => found.Path));

        model.Initialize(All.Weight(TorchDefault).Bias(TorchDefault), seed: 1);
        Assert.Equal([1, 1, 1, 1], model.get_parameter("norm.weight")!.Doubles());
        Assert.Equal([0, 0, 0, 0], model.get_parameter("norm.bias")!.Doubles());
    }

    [Fact]
    public void Parameters_of_custom_modules_count_by_PyTorchs_convention()
    {
        using var model = new Patches();
        Dictionary<string, ParamSpec> specs = Specs(model);
        Assert.Equal((LayerKind.Other, ParamRole.Other, new FanCount(30, 6)), Facts(specs["pos_embed"]));
        Assert.Equal(specs["pos_embed"].LayerFans, specs["pos_embed"].TorchFans);
        Assert.Null(specs["scale_weight"].LayerFans);
        Assert.Null(specs["out_bias"].LayerFans);
    }

    [Fact]
    public void Every_dtype_has_its_name()
    {
        (ScalarType, DType)[] types =
        [
            (ScalarType.Float16, DType.Float16), (ScalarType.BFloat16, DType.BFloat16), (ScalarType.Float32, DType.Float32),
            (ScalarType.Float64, DType.Float64), (ScalarType.ComplexFloat32, DType.Complex64), (ScalarType.ComplexFloat64, DType.Complex128),
            (ScalarType.Int8, DType.Int8), (ScalarType.Byte, DType.UInt8), (ScalarType.Int16, DType.Int16),
            (ScalarType.Int32, DType.Int32), (ScalarType.Int64, DType.Int64), (ScalarType.Bool, DType.Bool),
        ];
        foreach ((ScalarType torch, DType dtype) in types)
        {
            using var model = new Holder(("p", Parameter(zeros(2, dtype: torch), requires_grad: false)));
            Assert.Equal(dtype, Specs(model)["p"].DType);
            using Tensor one = zeros(1, dtype: torch);
            Assert.Equal(one.ElementSize, dtype.Size());
        }
    }

    private static Dictionary<string, ParamSpec> Specs(nn.Module module) =>
        new TorchModel(module).Stores.ToDictionary(store => store.Spec.Path, store => store.Spec);

    private static (LayerKind, ParamRole, FanCount?) Facts(ParamSpec spec) => (spec.Kind, spec.Role, spec.LayerFans);
}
