using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>What cannot come out right is an error that says what to do, and leaves nothing behind.</summary>
public class DeferredRefusalTests
{
    private static readonly RuleSet Weights = When<Linear>().Weight(Kaiming);

    /// <summary>What the README says of it.</summary>
    [Fact]
    public void A_model_that_is_called_before_it_is_filled()
    {
        using Sequential linear = Deferred.Build(() => Sequential(("fc", Linear(4, 3))));
        using Tensor nothing = linear.call(ones(2, 4));
        Assert.Equal(DeviceType.META, nothing.device_type);
        Assert.StartsWith("Cannot copy out of meta tensor; no data!", Assert.Throws<ExternalException>(() => nothing.sum().item<float>()).Message, StringComparison.Ordinal);
        using Sequential conv = Deferred.Build(() => Sequential(("conv", Conv2d(2, 3, 3))));
        Assert.Contains("with Meta tensors", Assert.Throws<ExternalException>(() => conv.call(ones(1, 2, 8, 8))).Message, StringComparison.Ordinal);
        using Sequential norm = Deferred.Build(() => Sequential(("norm", LayerNorm(4))));
        Assert.Contains("at least two devices, meta and cpu", Assert.Throws<ExternalException>(() => norm.call(ones(2, 4))).Message, StringComparison.Ordinal);
        linear.Initialize(When<Linear>().Weight(Kaiming).Bias(Zeros), seed: 1);
        Assert.True(float.IsFinite(linear.call(ones(2, 4)).sum().item<float>()));
    }

    [Fact]
    public void A_parameter_that_nothing_fills()
    {
        Perceptron model = Deferred.Build(() => new Perceptron());
        InitException refused = Assert.Throws<InitException>(() => model.Initialize(Weights + Named("second").Keep(), seed: 1));
        Assert.Equal(
            [
                "INIT010 first.bias [8] of Linear: the model was built deferred, so this parameter has no values yet, and no rule covers it. "
                + "Write When<Linear>().Param(\"bias\", TorchDefault), or another law.",
                "INIT010 second.weight [3, 8] of Linear: the model was built deferred, so this parameter has no values yet, and "
                + "Named(\"second\").Keep() keeps it without. Write When<Linear>().Param(\"weight\", TorchDefault), or another law.",
                "INIT010 second.bias [3] of Linear: the model was built deferred, so this parameter has no values yet, and "
                + "Named(\"second\").Keep() keeps it without. Write When<Linear>().Param(\"bias\", TorchDefault), or another law.",
            ],
            refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => $"{found.Code} {found.Message}"));
        Assert.All(model.parameters(), parameter => Assert.Equal(DeviceType.META, parameter.device_type));

        InitException own = Assert.Throws<InitException>(() => Deferred.Build(() => new Holder(("w", Parameter(zeros(3)))), RuleSet.Empty, seed: 1));
        Assert.Contains("Write When<Holder>().Param(\"w\", …).", Assert.Single(own.Diagnostics, found => found.Code == "INIT010").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_a_constructor_computed()
    {
        InitException refused = Assert.Throws<InitException>(() => Deferred.Build(() => new Wrapper("inner", new Masked())));
        Assert.Equal(
            [
                "INIT011 inner.mask [4, 4] of Masked: the model was built deferred, and the values that the constructor gave this tensor are lost. "
                + "Name the device where it is made, as in ones(…, device: CPU) or arange(…, device: CPU); or register it as a parameter, so that rules can fill it.",
                "inner.unregistered [3]", "inner.pair [2]",
            ],
            refused.Diagnostics.Select((found, i) => i == 0 ? $"{found.Code} {found.Message}" : $"{found.Message[..found.Message.IndexOf(" of", StringComparison.Ordinal)]}"));
    }

    [Fact]
    public void What_is_lost_and_what_nothing_fills_are_said_at_once()
    {
        static Sequential Make() => Sequential(("inner", new Masked()), ("words", Embedding(5, 3)), ("fc", Linear(3, 2)));
        foreach (Action build in (Action[])
                 [
                     () => Deferred.Build(Make, When<Linear>().Weight(Kaiming), seed: 1),
                     () => Deferred.Build(Make, When<Linear>().Weight(Kaiming), RandomSource.Torch(1)),
                 ])
        {
            InitException refused = Assert.Throws<InitException>(build);
            Assert.Equal(
                ["INIT011 inner.mask", "INIT011 inner.unregistered", "INIT011 inner.pair", "INIT010 inner.Layer.bias", "INIT010 fc.bias"],
                refused.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => $"{found.Code} {found.Path}"));
        }
    }

    [Fact]
    public void Values_that_a_constructor_put_out_of_sight()
    {
        InitException refused = Assert.Throws<InitException>(() => Deferred.Build(() => new Hidden()));
        Assert.All(refused.Diagnostics, found => Assert.Equal("INIT011", found.Code));
        Assert.Equal(
            ["byName [1]", "nested [2]", "rotary [3]", "single [4]", "first [5]", "first [6]"],
            refused.Diagnostics.Select(found => found.Message[..found.Message.IndexOf(" of", StringComparison.Ordinal)]));
        Hidden kept = Deferred.Build(() => new Hidden(CPU), When<Linear>().Weight(Kaiming).Bias(Zeros), seed: 1);
        Assert.True(kept.call(ones(2, 4)).isfinite().all().item<bool>());
    }

    [Fact]
    public void Running_statistics_that_a_constructor_writes_in_place()
    {
        static Sequential Make() => Sequential(("a", Written(BatchNorm1d(3))), ("b", BatchNorm2d(4)), ("c", InstanceNorm1d(2, track_running_stats: true)));
        InitException refused = Assert.Throws<InitException>(() => Deferred.Build(Make));
        Diagnostic lost = Assert.Single(refused.Diagnostics);
        Assert.StartsWith("a.running_var [3] of BatchNorm1d: the model was built deferred, and the values that the constructor gave", lost.Message, StringComparison.Ordinal);

        static BatchNorm1d Written(BatchNorm1d norm)
        {
            using Scalar five = 5.ToScalar();
            norm.running_var!.fill_(five);
            return norm;
        }
    }

    [Fact]
    public void Modules_built_the_ordinary_way_are_named()
    {
        Sequential model = Deferred.Build(() => Sequential(("words", Embedding(5, 3)), ("fc", Linear(3, 3)), ("mix", new Wrapper("gru", GRU(3, 4)))));
        Plan plan = All.Param("*", TorchDefault).Compile(model, seed: 1);
        const string Expected =
            "2 modules were built the ordinary way, since TorchSharp makes their parameters in native code: words (Embedding), mix.gru (GRU).";
        Assert.Equal(Expected, Assert.Single(plan.Diagnostics, found => found.Code == "INIT203").Message);
        Assert.Contains(Expected, plan.Explain().ToString(), StringComparison.Ordinal);
        Assert.Contains("words (Embedding), mix.gru (GRU)", plan.Apply().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("item")]
    [InlineData("ToSingle")]
    [InlineData("copy")]
    [InlineData("move")]
    public void A_constructor_that_reads_values(string way)
    {
        Action<Tensor> read = way switch
        {
            "item" => values => values.sum().item<float>(),
            "ToSingle" => values => values.sum().ToSingle(),
            "copy" => values => values.data<float>().ToArray(),
            _ => values => values.to(CPU),
        };
        Perceptron Make()
        {
            read(linspace(0, 1, 4));
            return new();
        }

        var refused = Assert.Throws<InvalidOperationException>(() => Deferred.Build(Make));
        Assert.StartsWith("A constructor needs the values of a tensor", refused.Message, StringComparison.Ordinal);
        Assert.IsType<ExternalException>(refused.InnerException);
        Assert.Equal(DeviceType.CPU, get_default_device().type);
    }

    [Fact]
    public void The_default_device_is_put_back_whatever_the_factory_does()
    {
        var failure = new NotSupportedException("mine");
        Assert.Same(failure, Assert.Throws<NotSupportedException>(() => Deferred.Build<Perceptron>(() => throw failure)));
        Assert.Equal(DeviceType.CPU, get_default_device().type);

        Assert.Throws<ArgumentException>(() => Deferred.Build<Perceptron>(() => null!));
        Assert.Equal(DeviceType.CPU, get_default_device().type);

        Deferred.Build(() =>
        {
            set_default_device(CPU);
            return new Perceptron();
        });
        Assert.Equal(DeviceType.CPU, get_default_device().type);
        Assert.Throws<ArgumentException>(() => Deferred.Build(() => new Perceptron(), META));
        Assert.Equal(DeviceType.CPU, ones(1).device_type);
    }

    [Fact]
    public void A_build_inside_a_build_is_a_part_of_it()
    {
        Sequential Make() => Sequential(("a", Deferred.Build(() => new Perceptron())), ("b", Linear(3, 2)));
        Sequential ordinary = Sequential(("a", new Perceptron()), ("b", Linear(3, 2)));
        RuleSet rules = All.Param("*", Uniform(-1, 1));
        ordinary.Initialize(rules, seed: 8);
        DeferredState.Same(ordinary, Deferred.Build(Make, rules, seed: 8));
        Assert.Equal(DeviceType.CPU, get_default_device().type);

        // The inner one fails, the outer goes on without memory.
        Sequential rest = Deferred.Build(() =>
        {
            Assert.Throws<InitException>(() => Deferred.Build(() => new Masked()));
            return Sequential(("b", Linear(3, 2)));
        });
        Assert.Equal(DeviceType.META, ((Linear)rest[0]).weight.device_type);
        Assert.Equal(DeviceType.CPU, get_default_device().type);
    }

    [Fact]
    public async Task Builds_on_two_threads_wait_for_each_other()
    {
        RuleSet rules = All.Param("*", Uniform(-1, 1));
        using var together = new Barrier(2);
        int inside = 0;
        Perceptron Make()
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            var model = new Perceptron(40, 50, 60);
            Interlocked.Decrement(ref inside);
            return model;
        }

        Perceptron[] Several()
        {
            together.SignalAndWait();
            return [.. Enumerable.Range(0, 30).Select(i => Deferred.Build(Make, rules, seed: i))];
        }

        Perceptron[][] built = await Task.WhenAll(
            Task.Factory.StartNew(Several, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Factory.StartNew(Several, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Assert.Equal(DeviceType.CPU, get_default_device().type);
        for (int i = 0; i < built[0].Length; i++)
        {
            var ordinary = new Perceptron(40, 50, 60);
            ordinary.Initialize(rules, seed: i);
            DeferredState.Same(ordinary, built[0][i]);
            DeferredState.Same(ordinary, built[1][i]);
        }
    }

    [Fact]
    public void A_factory_may_start_threads_but_they_must_not_build()
    {
        RuleSet rules = All.Param("*", Uniform(-1, 1));
        Sequential parallel = Deferred.Build(() => Sequential(("a", Elsewhere(() => Linear(3, 4))), ("b", Elsewhere(() => Linear(4, 5)))));
        Assert.All(parallel.parameters(), parameter => Assert.Equal(DeviceType.META, parameter.device_type));
        Sequential ordinary = Sequential(("a", Linear(3, 4)), ("b", Linear(4, 5)));
        ordinary.Initialize(rules, seed: 8);
        parallel.Initialize(rules, seed: 8);
        DeferredState.Same(ordinary, parallel);

        var refused = Assert.Throws<InvalidOperationException>(
            () => Deferred.Build(() => Elsewhere(() => Deferred.Build(() => new Perceptron()))));
        Assert.StartsWith("Deferred.Build was called on another thread by the factory", refused.Message, StringComparison.Ordinal);
        Assert.Equal(DeviceType.CPU, get_default_device().type);
    }

    [Fact]
    public void A_model_without_values_gives_none()
    {
        foreach ((Func<nn.Module<Tensor, Tensor>> make, Tensor input) in ((Func<nn.Module<Tensor, Tensor>>, Tensor)[])
                 [
                     (() => new Perceptron(), ones(2, 4)),
                     (() => new Tied(native: false), tensor((long[])[1, 2])),
                     (() => Sequential(Conv2d(1, 2, 1), BatchNorm2d(2)), ones(1, 1, 2, 2)),
                     (() => LayerNorm(4), ones(2, 4)),
                     (() => PReLU(4), ones(2, 4)),
                 ])
        {
            nn.Module<Tensor, Tensor> model = Deferred.Build(make);
            Assert.Throws<ExternalException>(() => model.call(input).sum().ToSingle());
            Assert.Throws<ExternalException>(() => model.save(new MemoryStream()));
        }
    }

    [Fact]
    public void Running_statistics_that_are_given_on_a_device_are_kept()
    {
        BatchNorm1d norm = Deferred.Build(() =>
        {
            BatchNorm1d made = BatchNorm1d(3);
            made.running_var = full([3], 5f, device: CPU);
            return made;
        });
        norm.Initialize(All.Param("*", TorchDefault), seed: 1);
        Assert.Equal([5, 5, 5], norm.running_var!.Doubles());
        Assert.Equal([0, 0, 0], norm.running_mean!.Doubles());
    }

    private static T Elsewhere<T>(Func<T> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();
}
