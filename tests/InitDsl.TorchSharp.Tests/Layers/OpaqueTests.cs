namespace InitDsl.Tests;

/// <summary>Modules that show no children: what their flat names say.</summary>
public class OpaqueTests
{
    [Fact]
    public void Attention_states_its_packed_projection()
    {
        using var model = new Wrapper("attn", MultiheadAttention(6, 2, add_bias_kv: true));
        Dictionary<string, ParamSpec> specs = Specs(model);
        ParamSpec packed = specs["attn.in_proj_weight"];
        Assert.Equal((LayerKind.Attention, ParamRole.Weight, 3L), (packed.Kind, packed.Role, packed.Blocks));
        Assert.Equal(new FanCount(6, 6), packed.LayerFans);
        Assert.Equal(new FanCount(6, 18), packed.TorchFans);
        Assert.Equal(("attn", "in_proj_weight", ""), (packed.ModulePath, packed.Name, packed.InnerPath));
        Assert.Equal(packed.LayerFans, specs["attn.in_proj_bias"].LayerFans);
        Assert.Equal(3, specs["attn.in_proj_bias"].Blocks);

        ParamSpec output = specs["attn.out_proj.weight"];
        Assert.Equal((LayerKind.AttentionOutput, ParamRole.Weight, 1L), (output.Kind, output.Role, output.Blocks));
        Assert.Equal(("attn.out_proj", "weight", "out_proj", "attn"), (output.ModulePath, output.Name, output.InnerPath, output.OwnerPath));
        Assert.Equal("out_proj.weight", output.QualifiedName);

        Assert.Equal((LayerKind.Attention, ParamRole.Bias), (specs["attn.bias_k"].Kind, specs["attn.bias_k"].Role));
        Assert.Equal(new FanCount(6, 6), specs["attn.bias_k"].TorchFans);
        Assert.All(specs.Values, spec => Assert.True(spec.Opaque && spec.ModuleType == typeof(MultiheadAttention)));
    }

    [Fact]
    public void Attention_with_separate_projections_counts_each()
    {
        using MultiheadAttention attention = MultiheadAttention(6, 2, kdim: 4, vdim: 5);
        Dictionary<string, ParamSpec> specs = Specs(attention);
        Assert.Equal(new FanCount(6, 6), specs["q_proj_weight"].LayerFans);
        Assert.Equal(new FanCount(4, 6), specs["k_proj_weight"].LayerFans);
        Assert.Equal(new FanCount(5, 6), specs["v_proj_weight"].LayerFans);
        Assert.All(["q_proj_weight", "k_proj_weight", "v_proj_weight"], name => Assert.Equal((LayerKind.Attention, ParamRole.Weight, 1L), (specs[name].Kind, specs[name].Role, specs[name].Blocks)));
        Assert.Null(specs["in_proj_bias"].LayerFans);
    }

    [Fact]
    public void A_transformer_encoder_states_every_inner_layer()
    {
        using var model = new Wrapper("enc", TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 2));
        Dictionary<string, ParamSpec> specs = Specs(model);
        ParamSpec output = specs["enc.layers.1.self_attn.out_proj.weight"];
        Assert.Equal(("enc.layers.1.self_attn.out_proj", "weight", typeof(TransformerEncoder)), (output.ModulePath, output.Name, output.ModuleType));
        Assert.Equal((LayerKind.Linear, new FanCount(6, 8)), (specs["enc.layers.0.linear1.weight"].Kind, specs["enc.layers.0.linear1.weight"].LayerFans));
        Assert.Equal((LayerKind.Linear, new FanCount(8, 6)), (specs["enc.layers.0.linear2.bias"].Kind, specs["enc.layers.0.linear2.bias"].LayerFans));
        Assert.Equal(LayerKind.Normalization, specs["enc.layers.0.norm2.weight"].Kind);
        Assert.Equal(LayerKind.Attention, specs["enc.layers.0.self_attn.in_proj_weight"].Kind);
        Assert.All(specs.Values, spec => Assert.False(spec.InTransformer));
    }

    [Fact]
    public void Paths_and_roles_reach_inside()
    {
        using var model = new Wrapper("enc", TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 2));
        RuleSet rules = When<TransformerEncoder>().Weight(Ones).Bias(Zeros)
            + Named("enc.layers.1.linear*").Weight(Const(3))
            + Named("*.self_attn.out_proj").Bias(Const(4));
        model.Initialize(rules, seed: 1);
        Dictionary<string, double> first = model.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter.Doubles()[0]);
        Assert.Equal((1, 3, 4, 0), (first["enc.layers.0.linear1.weight"], first["enc.layers.1.linear1.weight"], first["enc.layers.0.self_attn.out_proj.bias"], first["enc.layers.1.linear1.bias"]));
    }

    [Fact]
    public void Layers_that_TorchSharp_starts_alike_are_marked_as_measured()
    {
        foreach (string layer in (string[])["TransformerEncoder", "TransformerDecoder", "Transformer"])
        {
            using nn.Module module = Layers.Native[layer]();
            Dictionary<string, Parameter> values = module.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
            foreach (ParamSpec spec in Specs(module).Values)
            {
                bool equal = spec.QualifiedName.Contains("layers.0.", StringComparison.Ordinal)
                    && values[spec.QualifiedName].Bytes().AsSpan().SequenceEqual(values[spec.QualifiedName.Replace("layers.0.", "layers.1.", StringComparison.Ordinal)].Bytes());
                bool constant = values[spec.QualifiedName].Doubles().Distinct().Count() == 1;
                if (spec.QualifiedName.Contains("layers.0.", StringComparison.Ordinal))
                {
                    Assert.True(spec.StartsLikeItsSiblings == (equal && !constant), $"{layer} {spec}");
                }
            }
        }

        using TransformerEncoder single = TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 1);
        Assert.All(Specs(single).Values, spec => Assert.False(spec.StartsLikeItsSiblings));
        using TransformerEncoderLayer alone = TransformerEncoderLayer(6, 2, 8);
        Assert.All(Specs(alone).Values, spec => Assert.False(spec.StartsLikeItsSiblings));
    }

    [Fact]
    public void An_uncovered_encoder_is_warned_of_and_the_default_makes_its_layers_differ()
    {
        using TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(6, 2, 8), 2);
        Plan plan = RuleSet.Empty.Compile(encoder, seed: 1);
        Assert.Contains(plan.Diagnostics, found => found.Code == "INIT105");

        encoder.Initialize(When<TransformerEncoder>().Param("*", TorchDefault), seed: 1);
        Assert.NotEqual(encoder.get_parameter("layers.0.linear1.weight")!.Bytes(), encoder.get_parameter("layers.1.linear1.weight")!.Bytes());
    }

    [Fact]
    public void Transformer_marks_its_parameters()
    {
        using Transformer module = Transformer(6, 2, 1, 1, 8);
        Dictionary<string, ParamSpec> specs = Specs(module);
        Assert.All(specs.Values, spec => Assert.True(spec.InTransformer));
        Assert.Equal(LayerKind.Attention, specs["decoder.layers.0.multihead_attn.in_proj_weight"].Kind);
        Assert.Equal(LayerKind.Normalization, specs["encoder.norm.weight"].Kind);
    }

    private static Dictionary<string, ParamSpec> Specs(nn.Module module) =>
        new TorchModel(module).Stores.ToDictionary(store => store.Spec.Path, store => store.Spec);
}
