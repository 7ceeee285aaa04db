using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>Every parameter of the models in scripts/models against the formulas of huggingface/transformers and pytorch/examples.</summary>
public class LanguageModelPresetTests
{
    [Fact]
    public void Gpt2_divides_projections_by_the_root_of_twice_the_layers()
    {
        using var small = Deferred.Build(() => new Gpt2(Gpt2Config.Small));
        Table(12).Holds(Presets.Gpt2(), small);
        Table(12).Holds(Presets.Gpt2(12), small);
        using var tiny = new Gpt2(Gpt2Config.Tiny);
        Table(2).HoldsInValues(Presets.Gpt2(), tiny);
        Table(2).HoldsInValues(Presets.Gpt2(2), tiny);
        Assert.Throws<ArgumentOutOfRangeException>(() => Presets.Gpt2(0));

        static LawTable Table(int layers) => new()
        {
            { "wte.weight", Gaussian(0.02) },
            { "wpe.weight", Gaussian(0.02) },
            { "h.*.c_attn.weight", Gaussian(0.02) },
            { "h.*.c_fc.weight", Gaussian(0.02) },
            { "h.*.c_proj.weight", Gaussian(0.02 / Math.Sqrt(2 * layers)) },
            { "*ln_?.weight", One },
            { "*.bias", Zero },
        };
    }

    [Fact]
    public void Gpt2_with_fewer_projections_divides_by_what_there_is_or_what_it_is_told()
    {
        using var tiny = new Gpt2(Gpt2Config.Tiny);
        Law Of(RuleSet rules) => rules.Compile(tiny, seed: 1).Steps.Single(step => step.Path == "h.0.mlp.c_proj.weight").Law;
        Assert.Equal(0.02 / Math.Sqrt(4), Of(Presets.Gpt2()).Std, 1e-15);
        Assert.Equal(0.02 / Math.Sqrt(96), Of(Presets.Gpt2(48)).Std, 1e-15);
    }

    [Fact]
    public void Bert_is_normal_and_its_padding_row_zero()
    {
        var table = new LawTable
        {
            { "embeddings.word_embeddings.weight", shape => Gaussian(0.02).ButOneRowOf(shape[0]) },
            { "embeddings.*_embeddings.weight", Gaussian(0.02) },
            { "*LayerNorm.weight", One },
            { "*LayerNorm.bias", Zero },
            { "encoder.layer.*.weight", Gaussian(0.02) },
            { "pooler.dense.weight", Gaussian(0.02) },
            { "*.bias", Zero },
        };
        using var whole = Deferred.Build(() => new Bert(BertConfig.Base));
        table.Holds(Presets.Bert, whole);
        using var tiny = new Bert(BertConfig.Tiny);
        table.HoldsInValues(Presets.Bert, tiny);
        Tensor words = tiny.get_parameter("embeddings.word_embeddings.weight")!;
        Assert.Equal(0, words[0].count_nonzero().item<long>());
        Assert.Equal(words.size(1), words[1].count_nonzero().item<long>());
    }

    [Fact]
    public void Llama_is_normal_and_its_norms_one()
    {
        var table = new LawTable
        {
            { "*norm.weight", One },
            { "model.embed_tokens.weight", Gaussian(0.02) },
            { "model.layers.*_proj.weight", Gaussian(0.02) },
            { "lm_head.weight", Gaussian(0.02) },
        };
        using var whole = Deferred.Build(() => new Llama(LlamaConfig.Of7B));
        table.Holds(Presets.Llama, whole);
        using var tiny = new Llama(LlamaConfig.Tiny);
        table.HoldsInValues(Presets.Llama, tiny);
    }

    [Fact]
    public void LstmLanguageModel_is_uniform()
    {
        static LawTable Table(long hidden) => new()
        {
            { "encoder.weight", PlusMinus(0.1) },
            { "decoder.weight", PlusMinus(0.1) },
            { "decoder.bias", Zero },
            { "rnn.*", PlusMinus(1 / Math.Sqrt(hidden)) },
        };
        using var medium = new LstmLanguageModel(LstmConfig.Medium);
        Table(650).Holds(Presets.LstmLanguageModel, medium);
        using var tiny = new LstmLanguageModel(LstmConfig.Tiny);
        Table(24).HoldsInValues(Presets.LstmLanguageModel, tiny);
    }
}
