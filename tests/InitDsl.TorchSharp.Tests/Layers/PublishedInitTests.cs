namespace InitDsl.Tests;

/// <summary>What published initializers promise of a layer's outputs, seen in the outputs of real layers.</summary>
public class PublishedInitTests
{
    [Fact]
    public void A_delta_orthogonal_convolution_keeps_the_length_of_its_input()
    {
        using Conv2d layer = Conv2d(8, 20, 3, padding: 1, bias: false);
        Assert.True(Applied(layer, When<Conv2d>().Weight(DeltaOrthogonal())).Verify().Passed);
        using Tensor input = arange(8 * 5 * 6, dtype: float32).reshape(1, 8, 5, 6).sin();
        using Tensor output = layer.call(input);
        Assert.Equal(input.norm().item<float>(), output.norm().item<float>(), 1e-4f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Upsampling_weights_interpolate_as_PyTorch_does(long groups)
    {
        using ConvTranspose2d layer = ConvTranspose2d(3, 3, 4, stride: 2, padding: 1, bias: false, groups: groups);
        Applied(layer, When<ConvTranspose2d>().Weight(BilinearUpsampling(groups)));
        using Tensor input = arange(3 * 6 * 7, dtype: float32).reshape(1, 3, 6, 7).sin();
        using Tensor output = layer.call(input);
        using Tensor expected = functional.interpolate(input, scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false);

        // At the border PyTorch repeats the edge, and a convolution sees zeros.
        using Tensor inner = output.narrow(2, 1, 10).narrow(3, 1, 12);
        using Tensor expectedInner = expected.narrow(2, 1, 10).narrow(3, 1, 12);
        Assert.True(inner.allclose(expectedInner, atol: 1e-5));
    }

    [Fact]
    public void Icnr_makes_a_pixel_shuffle_start_as_nearest_neighbour_resizing()
    {
        using Conv2d layer = Conv2d(4, 2 * 9, 3, padding: 1, bias: false);
        Applied(layer, When<Conv2d>().Weight(Icnr(3, Kaiming)));
        using PixelShuffle shuffle = PixelShuffle(3);
        using Tensor input = arange(4 * 5 * 5, dtype: float32).reshape(1, 4, 5, 5).cos();
        using Tensor output = shuffle.call(layer.call(input));
        using Tensor coarse = output.slice(2, 0, 15, 3).slice(3, 0, 15, 3);
        using Tensor nearest = functional.interpolate(coarse, scale_factor: [3, 3], mode: InterpolationMode.Nearest);
        Assert.True(output.allclose(nearest, atol: 1e-5));
        Assert.True(output.std().item<float>() > 0.1);
    }

    [Fact]
    public void Chrono_leaves_the_effective_forget_bias_undoubled()
    {
        using LSTM layer = LSTM(3, 50);
        Applied(layer, When<LSTM>().Bias(Chrono(100)));
        double[] input = layer.get_parameter("bias_ih_l0")!.Doubles();
        Assert.All(layer.get_parameter("bias_hh_l0")!.Doubles(), value => Assert.Equal(0, value));
        Assert.All(input[50..100], value => Assert.InRange(value, 0, Math.Log(99) + 1e-6));
        Assert.Equal(input[50..100].Select(value => -value), input[..50]);
    }

    [Fact]
    public void Gates_and_packed_projections_are_blocks_of_their_own()
    {
        using GRU gru = GRU(5, 6);
        Assert.True(Applied(gru, When<GRU>().Param("weight_hh*", Orthogonal().PerBlock())).Verify().Passed);
        double[] recurrent = gru.get_parameter("weight_hh_l0")!.Doubles();
        for (int gate = 0; gate < 3; gate++)
        {
            Assert.Equal(1, recurrent[(36 * gate)..((36 * gate) + 6)].Sum(value => value * value), 1e-6);
        }

        using MultiheadAttention attention = MultiheadAttention(12, 3);
        Plan plan = Applied(attention, When<MultiheadAttention>().Param("in_proj_weight", Orthogonal().PerBlock()));
        Assert.Equal(3, Assert.IsType<SlicedLaw>(plan.Steps[0].Law).Slices.Count);
        Assert.True(plan.Verify().Passed);
    }

    [Fact]
    public void Masks_may_be_tensors_and_complex_weights_have_laws()
    {
        using Tensor mask = ones(4, 3, dtype: ScalarType.Bool).tril();
        using Tensor weight = empty(4, 3);
        weight.Initialize(Normal().Mask(mask), seed: 1);
        Assert.Equal(3, weight.Doubles().Count(value => value == 0));
        using Tensor complex = empty(30, 20, dtype: complex64);
        complex.Initialize(XavierUniform, seed: 1);
        Assert.InRange(complex.abs().max().item<float>(), 0.1, Math.Sqrt(2 * 2 / 50.0) + 1e-6);
    }

    [Fact]
    public void PyTorchs_generator_refuses_what_torch_nn_init_does_not_draw()
    {
        using Conv2d layer = Conv2d(4, 8, 3);
        InitException refused = Assert.Throws<InitException>(
            () => layer.Initialize(When<Conv2d>().Weight(DeltaOrthogonal()).Bias(Normal().Clamp(-1, 1)), RandomSource.Torch(1)));
        Assert.Equal(2, refused.Diagnostics.Count(found => found.Code == "INIT008"));
        Assert.Contains("torch.nn.init has nothing that draws Normal(0, 1) clamped to -1 … 1.", refused.Message, StringComparison.Ordinal);
        layer.Initialize(When<Conv2d>().Weight(Caffe2Xavier).Bias(FocalPrior()), RandomSource.Torch(1));
    }

    private static Plan Applied(nn.Module model, RuleSet rules)
    {
        Plan plan = rules.Compile(model, seed: 3);
        plan.Apply();
        return plan;
    }
}
