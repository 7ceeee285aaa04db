namespace InitDsl.Tests;

/// <summary>Published recipes as rules that count layers themselves, on modules of TorchSharp.</summary>
public class ContextTests
{
    private const int Layers = 12;

    [Fact]
    public void GPT2_scales_its_residual_projections_by_their_number()
    {
        using var model = new SmallGpt(Layers);
        Plan plan = Named("*.c_proj").Weight(From(p => Normal(std: 0.02 / Math.Sqrt(p.LayerCount)))).Compile(model, seed: 1);
        Assert.Equal(2 * Layers, plan.Steps.Count);
        Assert.All(plan.Steps, step => Assert.Equal(0.02 / Math.Sqrt(2 * Layers), step.Law.Std, 1e-15));
    }

    [Fact]
    public void Torchtitan_and_timm_scale_by_the_index_of_the_block()
    {
        using var model = new SmallGpt(Layers);
        Plan plan = Named("*.c_proj").Weight(From(p => Normal(std: 0.02 / Math.Sqrt(2 * (p.Block + 1))))).Compile(model, seed: 1);
        foreach (PlanStep step in plan.Steps)
        {
            int block = int.Parse(step.Path.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(0.02 / Math.Sqrt(2 * (block + 1)), step.Law.Std, 1e-15);
        }

        Assert.Equal(2 * Layers, plan.Steps.Count);
    }

    [Fact]
    public void TFixup_knows_how_many_blocks_there_are_and_LayerScale_its_own()
    {
        using var model = new SmallGpt(Layers);
        Plan plan = (Named("*.{c_fc,c_proj}").Weight(From(p => XavierUniform.Scale(0.67 * Math.Pow(p.BlockCount, -0.25))))
                     + When<SmallGptBlock>().Param("gamma", From(p => Const(p.Block)))).Compile(model, seed: 1);
        PlanStep fc = plan.Steps.First(step => step.Path.EndsWith("c_fc.weight", StringComparison.Ordinal));
        Assert.Equal(0.67 * Math.Pow(Layers, -0.25) * Math.Sqrt(6.0 / (8 + 32)), fc.Law.Max, 1e-15);
        Assert.Equal(
            Enumerable.Range(0, Layers).Select(i => (double)i),
            plan.Steps.Where(step => step.Spec.Name == "gamma").Select(step => step.Law.Mean));
    }

    [Fact]
    public void A_tied_head_stands_where_it_is_registered()
    {
        using var model = new SmallGpt(2);
        Plan plan = When<Linear>().Weight(From(p => Const(p.Depth + (100 * p.LayerCount)))).Compile(model, seed: 1);
        Assert.Equal(Enumerable.Range(900, 9).Select(i => (double)i).Order(), plan.Steps.Select(step => step.Law.Mean).Order());
        Assert.Equal(908, plan.Steps.Single(step => step.Path == "wte.weight").Law.Mean);
    }

    [Fact]
    public void The_last_norm_of_each_residual_branch_is_found_without_its_name()
    {
        using var model = new SmallResNet();
        RuleSet rules =
            When<Conv2d>().Weight(Kaiming.FanOut())
            + When<BatchNorm2d>().Weight(Ones).Bias(Zeros)
            + When<BatchNorm2d>().LastIn<ResidualBlock>().Weight(Zeros)
            + When<Linear>().Weight(Kaiming).Bias(Zeros);
        Plan plan = rules.Compile(model, seed: 1);
        Assert.Equal(
            ["layer1.0.bn2.weight", "layer1.1.bn2.weight", "layer2.0.bn2.weight", "layer2.1.bn2.weight"],
            plan.Steps.Where(step => step.Rule == rules.Rules[2]).Select(step => step.Path));

        // Without the name of the block's type too: it is a numbered module, and no shortcut or stem is.
        Plan untyped = (When<BatchNorm2d>() & Where(p => p.LastOfType && p.HasBlock && p.Parent!.Path.EndsWith($".{p.Block}", StringComparison.Ordinal)))
            .Weight(Zeros).Compile(model, seed: 1);
        Assert.Equal(plan.Steps.Where(step => step.Law.Max == 0 && step.Spec.Role == ParamRole.Weight).Select(step => step.Path), untyped.Steps.Select(step => step.Path));

        // Every block then passes its shortcut through.
        plan.Apply();
        model.eval();
        using Tensor x = empty(2, 8, 5, 5).Initialize(Normal(), seed: 3);
        foreach (ResidualBlock block in model.modules().OfType<ResidualBlock>().Where(block => block.get_parameter("conv1.weight")!.shape[1] == 8))
        {
            using Tensor shortcut = block.Shortcut(x);
            using Tensor expected = functional.relu(shortcut);
            using Tensor passed = block.call(x);
            Assert.Equal(expected.Doubles(), passed.Doubles());
        }
    }

    [Fact]
    public void Fixup_is_four_rules()
    {
        using var model = new SmallResNet();
        RuleSet rules =
            When<Conv2d>().Weight(Kaiming.FanOut())
            + When<Conv2d>().ChildOf<ResidualBlock>().Weight(From(p => Kaiming.FanOut().Scale(Math.Pow(p.BranchCount, -1.0 / ((2 * p.BranchLayers) - 2)))))
            + When<Conv2d>().LastIn<ResidualBlock>().Weight(Zeros)
            + When<Linear>().Weight(Zeros).Bias(Zeros);
        Dictionary<string, Law> laws = rules.Compile(model, seed: 1).Steps.ToDictionary(step => step.Path, step => step.Law);
        Assert.Equal(Math.Sqrt(2.0 / (8 * 9)), laws["conv1.weight"].Std, 1e-15);

        // L = 4 branches of m = 2 layers: L^(−1/2).
        Assert.Equal(Math.Sqrt(2.0 / (8 * 9)) / 2, laws["layer1.1.conv1.weight"].Std, 1e-15);
        Assert.Equal(Math.Sqrt(2.0 / (16 * 9)) / 2, laws["layer2.0.conv1.weight"].Std, 1e-15);
        Assert.Equal(0, laws["layer2.0.conv2.weight"].Std);
        Assert.Equal(Math.Sqrt(2.0 / 16), laws["layer2.0.downsample.0.weight"].Std, 1e-15);
    }

    [Fact]
    public void Hyper_parameters_select()
    {
        using Sequential model = Sequential(
            ("plain", Conv2d(4, 8, 3)), ("grouped", Conv2d(8, 8, 3, groups: 2)), ("depthwise", Conv2d(8, 8, 3, groups: 8)), ("up", ConvTranspose2d(8, 4, 2, stride: 2)));
        Assert.Equal(["grouped.weight", "depthwise.weight"], Selected(When<Conv2d>(c => c.groups > 1), model));
        Assert.Equal(["depthwise.weight"], Selected(When<Conv2d>(c => c.groups == c.in_channels), model));
        Assert.Equal(["up.weight"], Selected(When<Convolution>(c => c.stride.Max() > 1), model));
        Assert.Contains("#1  When<Conv2d>(…).Weight(Ones)", When<Conv2d>(c => c.groups > 1).Weight(Ones).Compile(model, seed: 1).Explain(), StringComparison.Ordinal);
        InitException refused = Assert.Throws<InitException>(() => When<Conv2d>(c => c.stride[5] > 1).Weight(Ones).Compile(model, seed: 1));
        Assert.StartsWith("plain.weight [8, 4, 3, 3] of Conv2d: the function given to When<Conv2d> failed with IndexOutOfRangeException", refused.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neighbours_are_seen_in_a_Sequential_and_nowhere_else()
    {
        using Sequential model = Sequential(
            ("conv", Conv2d(3, 4, 1)), ("bn", BatchNorm2d(4)), ("relu", ReLU()), ("inner", Sequential(("fc1", Linear(4, 4)), ("fc2", Linear(4, 4)))), ("own", new Perceptron()));
        Assert.Equal(["conv.weight"], Selected(When<Conv2d>() & Where(p => p.Next.Is<BatchNorm2d>()), model));
        Assert.Equal(["bn.weight"], Selected(Where(p => p.Next.Is<ReLU>() && p.Previous.Is<Convolution>()), model));
        Assert.Equal(["inner.fc2.weight"], Selected(Where(p => p.Previous?.Path == "inner.fc1"), model));
        Assert.Equal(["own.first.weight", "own.second.weight"], Selected(Where(p => p.Parent.Is<Perceptron>() && p.Previous is null && p.Next is null), model));
        using var hidden = new ScaledSequential(Linear(3, 3), Linear(3, 3));
        Assert.Empty(Selected(Where(p => p.Next is not null || p.Previous is not null), hidden));
    }

    [Fact]
    public void The_layers_inside_an_encoder_have_blocks_and_depths()
    {
        using TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 3);
        using var model = new Wrapper("enc", encoder);
        Plan plan = (All.Param("*", TorchDefault) + Named("*.{out_proj,linear2}").Weight(From(p => Const(p.Depth + (10 * p.Block) + (100 * p.BlockCount) + (1000 * p.LayerCount)))))
            .Compile(model, seed: 1);
        Assert.Equal(
            [6300.0, 6301, 6312, 6313, 6324, 6325],
            plan.Steps.Where(step => step.Law is ConstantLaw { Value: > 1 }).Select(step => step.Law.Mean));
    }

    private static string[] Selected(Selector selector, nn.Module model) =>
        [.. selector.Weight(Ones).Compile(model, seed: 1).Steps.Select(step => step.Path)];
}
