using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>Every parameter of ViT-B/16 against timm's formulas, in all modes.</summary>
public class VisionTransformerPresetTests
{
    [Theory]
    [InlineData(VisionTransformerMode.Default)]
    [InlineData(VisionTransformerMode.Jax)]
    [InlineData(VisionTransformerMode.JaxNlhb)]
    [InlineData(VisionTransformerMode.Moco)]
    public void VisionTransformer_follows_timm(VisionTransformerMode mode)
    {
        using VisionTransformer whole = Deferred.Build(() => new VisionTransformer(VitConfig.Base16));
        Table(mode, patch: 3 * 16 * 16, classes: 1000).Holds(Presets.VisionTransformer(mode), whole);
        using var tiny = new VisionTransformer(VitConfig.Tiny);
        Table(mode, patch: 3 * 8 * 8, classes: 10).HoldsInValues(Presets.VisionTransformer(mode), tiny);
    }

    [Fact]
    public void There_is_no_other_mode() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Presets.VisionTransformer((VisionTransformerMode)7));

    [Fact]
    public void The_remark_on_fix_init_is_right()
    {
        using var tiny = new VisionTransformer(VitConfig.Tiny);
        RuleSet rules = Presets.VisionTransformer(VisionTransformerMode.Default)
            + Named("*.{attn.proj,mlp.fc2}").Weight(From(p => TruncNormal(std: 0.02).Scale(1 / Math.Sqrt(2 * (p.Block + 1)))));
        PlanStep[] steps = [.. rules.Compile(tiny, seed: 1).Steps.Where(step => step.Path is "blocks.1.attn.proj.weight" or "blocks.1.mlp.fc2.weight")];
        Assert.Equal(2, steps.Length);
        Assert.All(steps, step => Assert.Equal(0.02 / Math.Sqrt(2 * 2), step.Law.Std, 1e-12));
    }

    private static LawTable Table(VisionTransformerMode mode, long patch, long classes)
    {
        var table = new LawTable
        {
            { "pos_embed", CutFarOut(0.02) },
            { "cls_token", Gaussian(1e-6) },
            { "*norm*.weight", One },
            { "*norm*.bias", Zero },
        };
        static ExpectedLaw Xavier(long[] shape) => PlusMinus(Math.Sqrt(6.0 / (shape[0] + shape[1])));
        switch (mode)
        {
            case VisionTransformerMode.Default:
                table.Add("patch_embed.proj.*", PlusMinus(1 / Math.Sqrt(patch)));
                table.Add("*.weight", CutFarOut(0.02));
                table.Add("*.bias", Zero);
                break;
            case VisionTransformerMode.Moco:
                table.Add("patch_embed.proj.*", PlusMinus(1 / Math.Sqrt(patch)));
                table.Add("*.qkv.weight", shape => PlusMinus(Math.Sqrt(6.0 / ((shape[0] / 3) + shape[1]))).InBlocks());
                table.Add("*.weight", Xavier);
                table.Add("*.bias", Zero);
                break;
            default:
                table.Add("patch_embed.proj.weight", Truncated(1 / Math.Sqrt(patch)));
                table.Add("head.weight", Zero);
                table.Add("head.bias", Constant(mode == VisionTransformerMode.JaxNlhb ? -Math.Log(classes) : 0));
                table.Add("*.mlp.*.bias", Gaussian(1e-6));
                table.Add("*.weight", Xavier);
                table.Add("*.bias", Zero);
                break;
        }

        return table;
    }
}
