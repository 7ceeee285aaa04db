namespace InitDsl.Tests;

/// <summary>
/// The table "Better than torch.nn.init" of the README, row by row: what TorchSharp does, and what InitDsl does. A
/// row that a later TorchSharp has mended fails here, and leaves the README.
/// </summary>
public class TorchNnInitTests
{
    [Fact]
    public void Xavier_normal_is_uniform_there_and_normal_here()
    {
        Plan plan = Promised(XavierNormal, out Linear fc);
        init.xavier_normal_(fc.weight);
        Assert.Contains("distribution", plan.Verify().Failures.Select(failure => failure.Property));
        double bound = Math.Sqrt(6.0 / 800);
        Assert.InRange(fc.weight.abs().max().item<float>(), 0.99 * bound, bound * 1.000001);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void A_truncated_normal_is_a_constant_there_and_truncated_normal_here()
    {
        Plan plan = Promised(TruncNormal(0, 0.02, -0.04, 0.04), out Linear fc);
        init.trunc_normal_(fc.weight, 0, 0.02, -0.04, 0.04);
        Assert.Equal(fc.weight.min().item<float>(), fc.weight.max().item<float>());
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void A_generator_is_ignored_there_and_every_draw_has_its_own_stream_here()
    {
        using Tensor first = zeros(50);
        using Tensor second = zeros(50);
        init.normal_(first, generator: new Generator(7));
        init.normal_(second, generator: new Generator(7));
        Assert.NotEqual(first.data<float>().ToArray(), second.data<float>().ToArray());
        first.Initialize(Normal(), seed: 7);
        manual_seed(1);
        second.Initialize(Normal(), seed: 7);
        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
    }

    [Fact]
    public void GroupNorm_is_never_initialised_there_and_an_error_or_right_here()
    {
        // Memory that was used before shows it: an allocation of the same size gets it back as it was.
        bool seen = false;
        for (int i = 0; i < 200 && !seen; i++)
        {
            full(64, 7.5f).Dispose();
            using GroupNorm norm = GroupNorm(1, 64);
            seen = norm.weight!.ne(1).any().item<bool>();
        }

        Assert.True(seen, "GroupNorm's weight was 1 in each of 200 instances.");
        using GroupNorm fresh = GroupNorm(2, 6);
        InitException refused = Assert.Throws<InitException>(() => RuleSet.Empty.Compile(fresh, seed: 1));
        Assert.Equal(["INIT004", "INIT004"], refused.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code));
        fresh.Initialize(All.Param("*", TorchDefault), seed: 1);
        Assert.Equal([1f, 1, 1, 1, 1, 1], fresh.weight!.data<float>().ToArray());
        Assert.Equal([0f, 0, 0, 0, 0, 0], fresh.bias!.data<float>().ToArray());
    }

    [Fact]
    public void Encoder_layers_start_alike_there_and_each_its_own_way_here()
    {
        using TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2);
        Tensor First() => encoder.get_parameter("layers.0.linear1.weight")!;
        Tensor Second() => encoder.get_parameter("layers.1.linear1.weight")!;
        Assert.True(First().Doubles().SequenceEqual(Second().Doubles()));
        Assert.Contains("INIT105", RuleSet.Empty.Compile(encoder, seed: 1).Diagnostics.Select(d => d.Code));
        encoder.Initialize(All.Param("*", TorchDefault), seed: 1);
        Assert.False(First().Doubles().SequenceEqual(Second().Doubles()));
    }

    [Fact]
    public void Dirac_has_groups_here()
    {
        using Conv1d conv = Conv1d(4, 4, 3, groups: 2, bias: false);
        conv.Initialize(All.Weight(Dirac(2)), seed: 1);
        using Tensor input = rand(1, 4, 9);
        using Tensor output = conv.call(input);
        using Tensor inner = input.narrow(2, 1, 7);
        Assert.Equal(inner.Doubles(), output.Doubles());
    }

    [Fact]
    public void The_slope_of_a_leaky_ReLU_is_0_there_and_a_hundredth_here()
    {
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.LeakyReLU), 1e-12);
        Assert.Equal(Math.Sqrt(2 / 1.0001), Activation.LeakyReLU().Gain, 1e-12);
    }

    [Fact]
    public void Orthogonal_of_size_0_kills_the_process_there_and_is_an_empty_matrix_here()
    {
        using Tensor none = zeros(0, 5);
        none.Initialize(Orthogonal(), seed: 1);
        none.Initialize(Orthogonal(), RandomSource.Torch(1));
        Assert.Equal([0, 5], none.shape);
    }

    [Fact]
    public void Fans_of_grouped_and_transposed_convolutions_are_the_layers_here()
    {
        using Conv2d grouped = Conv2d(8, 16, 3, groups: 4);
        using ConvTranspose2d up = ConvTranspose2d(8, 6, 4, stride: 2);
        Assert.Equal((18, 144), init.CalculateFanInAndFanOut(grouped.weight));
        Assert.Equal((96, 128), init.CalculateFanInAndFanOut(up.weight));
        PlanStep Step(nn.Module module) => Assert.Single(All.Weight(Kaiming).Compile(module, seed: 1).Steps);
        Assert.Equal((18, 36), (Step(grouped).FanIn, Step(grouped).FanOut));
        Assert.Equal((32, 96), (Step(up).FanIn, Step(up).FanOut));
    }

    [Fact]
    public void A_mistake_changes_nothing_here()
    {
        using Sequential model = Sequential(("fc", Linear(3, 3)), ("norm", LayerNorm(3)));
        string Bits() => string.Join(",", model.parameters().SelectMany(parameter => parameter.data<float>().ToArray()));
        string before = Bits();
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(All.Weight(Kaiming).Bias(Eye), seed: 1));
        Assert.Equal(3, refused.Diagnostics.Count(d => d.Severity == Severity.Error));
        Assert.Equal(before, Bits());
    }

    private static Plan Promised(Init promised, out Linear fc)
    {
        fc = Linear(400, 400, hasBias: false);
        return When<Linear>().Weight(promised).Compile(fc, seed: 1);
    }
}
