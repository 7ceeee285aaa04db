namespace InitDsl.Tests;

/// <summary>Embeddings that are not filled when they are built.</summary>
public class DeferredEmbeddingTests
{
    private static readonly RuleSet Everything = All.Param("*", Uniform(-1, 1));

    [Fact]
    public void Take_no_memory_and_draw_nothing()
    {
        using Tensor before = get_rng_state();
        Embedding embedding = Deferred.Build(() => Deferred.Embedding(50_000, 700));
        using Tensor after = get_rng_state();
        Assert.Equal(before.bytes.ToArray(), after.bytes.ToArray());
        Assert.Equal(DeviceType.META, embedding.weight!.device_type);
        Assert.Equal([50_000, 700], embedding.weight!.shape);
        Plan plan = Everything.Compile(embedding, seed: 1);
        Assert.DoesNotContain(plan.Diagnostics, found => found.Code == "INIT203");
        Assert.True(Assert.Single(plan.Steps).Spec.Deferred);
    }

    [Fact]
    public void Are_as_TorchSharp_makes_them_outside_of_a_build()
    {
        torch.manual_seed(5);
        using Embedding theirs = Embedding(7, 3, padding_idx: 2, dtype: ScalarType.Float64);
        torch.manual_seed(5);
        using Embedding ours = Deferred.Embedding(7, 3, padding_idx: 2, dtype: ScalarType.Float64);
        DeferredState.Same(theirs, ours);
        using Embedding placed = Deferred.Build(() => Deferred.Embedding(7, 3, device: CPU));
        Assert.Equal(DeviceType.CPU, placed.weight!.device_type);
    }

    [Theory]
    [InlineData(null, null, false, false, ScalarType.Float32)]
    [InlineData(2L, null, false, false, ScalarType.Float64)]
    [InlineData(-1L, 0.5, true, false, ScalarType.Float32)]
    [InlineData(0L, null, false, true, ScalarType.Float32)]
    public void Compute_and_learn_as_others_do(long? padding, double? norm, bool scaled, bool sparse, ScalarType type)
    {
        Embedding ordinary = Embedding(6, 3, padding, norm, 2.0, scaled, sparse, dtype: type);
        Embedding deferred = Deferred.Build(() => Deferred.Embedding(6, 3, padding, norm, 2.0, scaled, sparse, dtype: type));
        ordinary.Initialize(Everything, seed: 2);
        deferred.Initialize(Everything, seed: 2);
        Assert.Equal(Learn(ordinary), Learn(deferred));
        Assert.Equal(ordinary.weight!.Bytes(), deferred.weight!.Bytes());
        Assert.Equal(ordinary.to(ScalarType.BFloat16).weight!.Bytes(), deferred.to(ScalarType.BFloat16).weight!.Bytes());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Converted_in_the_factory_are_refused_where_they_may_be_tied(bool native, bool fromHead)
    {
        var refused = Assert.Throws<InitException>(() => Deferred.Build(() => new Tied(native, fromHead).to(ScalarType.BFloat16)));
        Diagnostic found = Assert.Single(refused.Diagnostics);
        Assert.Equal("INIT012", found.Code);
        Assert.Equal(
            "emb.weight [11, 6] of Embedding: the model was built deferred and is BFloat16 already, and whether this table is tied to "
            + "head.weight, which has its shape, cannot be seen any more. Convert the model when it is built, as in "
            + "Deferred.Build(…).to(BFloat16); or, where the two are not tied, make the table with Deferred.Embedding(…, dtype: BFloat16).",
            found.Message);
    }

    [Fact]
    public void Of_another_type_from_the_start_stay_what_they_are()
    {
        static Sequential Make() => Sequential(
            ("table", Deferred.Embedding(11, 6, dtype: ScalarType.BFloat16)), ("head", Linear(6, 11, hasBias: false, dtype: ScalarType.BFloat16)));
        Sequential ordinary = Make();
        ordinary.Initialize(Everything, seed: 4);
        DeferredState.Same(ordinary, Deferred.Build(Make, Everything, seed: 4));
    }

    private static double[] Learn(Embedding embedding)
    {
        using Tensor input = tensor((long[])[0, 1, 1, 5, 2]);
        using Tensor output = embedding.call(input);
        using Tensor loss = output.square().sum();
        loss.backward();
        using Tensor gradient = embedding.weight!.grad!.to_dense();
        double[] seen = [.. output.detach().Doubles(), .. gradient.Doubles()];
        Assert.Contains(seen, value => value != 0);
        return seen;
    }
}
