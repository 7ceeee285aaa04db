namespace InitDsl.Tests;

/// <summary>What the backend states of each layer's parameters.</summary>
public class SpecTests
{
    [Fact]
    public void A_linear_layer_counts_out_in_and_holds_the_transpose()
    {
        Linear layer = Layers.Linear(3, 5);
        ParamSpec weight = Seen.Specs(layer)["weight"];
        Assert.Equal([3, 5], layer.weight.shape);
        Assert.Equal((LayerKind.Linear, ParamRole.Weight, new Shape(5, 3), true), (weight.Kind, weight.Role, weight.Shape, weight.Transposed));
        Assert.Equal(new Shape(3, 5), weight.StoredShape);
        Assert.Equal((new FanCount(3, 5), new FanCount(3, 5)), (weight.LayerFans, weight.TorchFans));
        ParamSpec bias = Seen.Specs(layer)["bias"];
        Assert.Equal((ParamRole.Bias, new FanCount(3, 5), false), (bias.Role, bias.LayerFans!.Value, bias.Transposed));
        Assert.Equal("weight [5, 3]ᵀ", weight.ToString());
    }

    [Fact]
    public void Convolutions_lie_as_in_PyTorch()
    {
        ParamSpec weight = Seen.Specs(Layers.Conv2d(4, 6, 3))["weight"];
        Assert.Equal((LayerKind.Convolution, new Shape(6, 4, 3, 3), false), (weight.Kind, weight.Shape, weight.Transposed));
        Assert.Equal(new FanCount(36, 54), weight.LayerFans);
        Assert.Equal(new FanCount(20, 30), Seen.Specs(new Conv1d(4, 6, 5, null, null, null, null))["weight"].LayerFans);
        Assert.Equal(new FanCount(27, 54), Seen.Specs(new Conv3d(1, 2, 3, null, null, null, null, null, null, null, null))["bias"].LayerFans);
    }

    [Fact]
    public void Transposed_convolutions_divide_by_their_strides()
    {
        ParamSpec plain = Seen.Specs(Layers.ConvTranspose2d(8, 12, 3))["weight"];
        Assert.Equal((LayerKind.TransposedConvolution, new Shape(8, 12, 3, 3), new FanCount(72, 108)), (plain.Kind, plain.Shape, plain.LayerFans!.Value));
        Assert.Equal(new FanCount(32, 192), Seen.Specs(Layers.ConvTranspose2d(8, 12, 4, stride: 2))["weight"].LayerFans);
        Assert.Equal(new FanCount(8.0 * 16 / 6, 192), Seen.Specs(Layers.ConvTranspose2d(8, 12, 4, strides: [2, 3]))["bias"].LayerFans);
        Assert.Equal(new FanCount(3, 12), Seen.Specs(new ConvTranspose1d(2, 4, 3, new(2), null, null, null))["weight"].LayerFans);
        Assert.Equal(
            new FanCount(2, 108),
            Seen.Specs(new ConvTranspose3d(2, 4, new(3), new(3), null, null, null, null, null, null, null))["weight"].LayerFans);
    }

    [Fact]
    public void Normalizations_have_no_fans()
    {
        foreach (ModelBase norm in new ModelBase[] { Layers.BatchNorm1d(3), new BatchNorm2d(3, null, null, null, null, null), new BatchNorm3d(3, null, null, null, null, null) })
        {
            Assert.Equal(["weight", "bias"], Seen.Paths(norm));
            Assert.All(Seen.Specs(norm).Values, spec => Assert.Equal((LayerKind.Normalization, new Shape(3), false), (spec.Kind, spec.Shape, spec.HasFans)));
        }
    }

    [Fact]
    public void Recurrent_layers_count_one_gate_and_stack_theirs_as_DiffSharp_does()
    {
        Dictionary<string, ParamSpec> lstm = Seen.Specs(Layers.Lstm(3, 4));
        Assert.Equal((LayerKind.Recurrent, new Shape(16, 3), true), (lstm["weight_ih_l0"].Kind, lstm["weight_ih_l0"].Shape, lstm["weight_ih_l0"].Transposed));
        Assert.Equal(new FanCount(3, 4), lstm["weight_ih_l0"].LayerFans);
        Assert.Equal(new FanCount(4, 4), lstm["weight_hh_l0"].LayerFans);
        Assert.Equal(new FanCount(3, 4), lstm["bias_l0"].LayerFans);
        Assert.All(lstm.Values, spec => Assert.Equal([Gate.Input, Gate.Forget, Gate.Cell, Gate.Output], spec.Gates));
        Assert.All(lstm.Values, spec => Assert.Equal([Gate.Cell, Gate.Input, Gate.Forget, Gate.Output], spec.StoredGates));
        Assert.All(Seen.Specs(Layers.Rnn(3, 4)).Values, spec => Assert.Empty(spec.Gates));
        Assert.Equal(
            (new Shape(4, 3), new FanCount(3, 4)), (Seen.Specs(Layers.Rnn(3, 4))["weight_ih_l0"].Shape, Seen.Specs(Layers.Rnn(3, 4))["weight_ih_l0"].LayerFans!.Value));
    }

    [Fact]
    public void A_matrix_of_ones_own_counts_in_out_and_lies_as_it_is()
    {
        ParamSpec mixing = Seen.Specs(new Net())["mixing-weight"];
        Assert.Equal((LayerKind.Other, ParamRole.Weight, new Shape(3, 5), false), (mixing.Kind, mixing.Role, mixing.Shape, mixing.Transposed));
        Assert.Equal((new FanCount(3, 5), new FanCount(5, 3)), (mixing.LayerFans, mixing.TorchFans));
    }

    [Fact]
    public void Rows_of_a_matrix_of_ones_own_are_inputs_and_have_the_fans_of_all()
    {
        Plan plan = (All.Rows(0, 2).Param("mixing-weight", Xavier) + All.Rows(0, 1).Param("scale", Ones)).Compile(new Net(), seed: 1);
        PlanSlice slice = Assert.Single(plan.Steps.Single(step => step.Path == "mixing-weight").Slices);
        Assert.Equal((3, 5), (slice.FanIn, slice.FanOut));
        Assert.False(Seen.Specs(Layers.Linear(3, 5))["weight"].RowsAreInputs);
        Assert.True(Seen.Specs(Layers.ConvTranspose2d(8, 12, 3))["weight"].RowsAreInputs);
        Assert.True(Seen.Specs(Layers.ConvTranspose2d(8, 12, 3))["bias"].RowsAreInputs);
    }

    [Theory]
    [InlineData(nameof(Dtype.Float16), DType.Float16)]
    [InlineData(nameof(Dtype.BFloat16), DType.BFloat16)]
    [InlineData(nameof(Dtype.Float32), DType.Float32)]
    [InlineData(nameof(Dtype.Float64), DType.Float64)]
    [InlineData(nameof(Dtype.Int8), DType.Int8)]
    [InlineData(nameof(Dtype.Byte), DType.UInt8)]
    [InlineData(nameof(Dtype.Int16), DType.Int16)]
    [InlineData(nameof(Dtype.Int32), DType.Int32)]
    [InlineData(nameof(Dtype.Int64), DType.Int64)]
    [InlineData(nameof(Dtype.Bool), DType.Bool)]
    public void Dtypes_have_their_counterparts(string theirs, DType ours)
    {
        var dtype = (Dtype)typeof(Dtype).GetProperty(theirs)!.GetValue(null)!;
        var parameter = new Parameter(Make.Zeros(2));
        var model = new Model<Tensor, Tensor>(null, new([parameter]), null, null);
        parameter.value = parameter.value.cast(dtype);
        Assert.Equal(ours, Seen.Specs(model)["parameter_0"].DType);
    }
}
