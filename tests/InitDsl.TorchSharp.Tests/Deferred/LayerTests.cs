namespace InitDsl.Tests;

/// <summary>Every kind of layer, built without memory and filled, against the same layer built the ordinary way.</summary>
public class DeferredLayerTests
{
    private static readonly RuleSet Everything = All.Weight(Normal(std: 0.5)).Bias(Uniform(-1, 1));

    public static TheoryData<string> Kinds => [.. Layers.Managed.Keys, .. Layers.Native.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gets_the_bits_of_the_ordinary_way(string kind)
    {
        Func<nn.Module> make = Layers.Managed.GetValueOrDefault(kind) ?? Layers.Native[kind];
        foreach (RandomSource source in (RandomSource[])[RandomSource.Philox(7), RandomSource.Torch(7)])
        {
            using nn.Module ordinary = make();
            RuleSet rules = TwoDimensional(ordinary) ? Everything : All.Param("*", Const(0.3));
            ordinary.Initialize(rules, source);
            using nn.Module deferred = Deferred.Build(make);
            deferred.Initialize(rules, source);
            DeferredState.Same(ordinary, deferred);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Starts_as_PyTorch_starts_it(string kind)
    {
        Func<nn.Module> make = Layers.Managed.GetValueOrDefault(kind) ?? Layers.Native[kind];
        using nn.Module ordinary = make();
        ordinary.Initialize(All.Param("*", TorchDefault), seed: 3);
        using nn.Module deferred = Deferred.Build(make, All.Param("*", TorchDefault), seed: 3);
        DeferredState.Same(ordinary, deferred);
        Assert.True(All.Param("*", TorchDefault).Compile(deferred, seed: 3).Verify().Passed);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draws_nothing_while_it_is_built_where_it_can_be_deferred(string kind)
    {
        using Tensor before = get_rng_state();
        using (nn.Module deferred = Deferred.Build(Layers.Managed.GetValueOrDefault(kind) ?? Layers.Native[kind]))
        {
            using Tensor after = get_rng_state();
            bool drawn = !before.bytes.SequenceEqual(after.bytes);
            Plan plan = All.Param("*", TorchDefault).Compile(deferred, seed: 1);
            string[] ordinary = [.. plan.Diagnostics.Where(found => found.Code == "INIT203").Select(found => found.Message)];
            Assert.Equal(Layers.Native.ContainsKey(kind), ordinary.Length == 1);
            Assert.All(ordinary, message => Assert.Contains($"({kind})", message, StringComparison.Ordinal));
            Assert.Equal(Layers.Native.ContainsKey(kind), drawn);
            Assert.All(plan.Steps, step => Assert.Equal(!Layers.Native.ContainsKey(kind), step.Spec.Deferred));
        }
    }

    private static bool TwoDimensional(nn.Module module) => module.parameters().Any(parameter => parameter.Dimensions > 1);
}
