namespace InitDsl.Tests;

/// <summary>Models built without memory come out as those built the ordinary way.</summary>
public class DeferredModelTests
{
    /// <summary>Covers whatever a model holds.</summary>
    private static readonly RuleSet Everything = All.Param("*", Uniform(-1, 1));

    public static TheoryData<string> Models => [.. Makers.Keys];

    private static Dictionary<string, Func<nn.Module>> Makers { get; } = new()
    {
        ["Keeper"] = () => new Keeper(),
        ["Masked"] = () => new Masked(CPU),
        ["Perceptron"] = () => new Perceptron(),
        ["Tied"] = () => new Tied(native: true),
        ["Tied, deferred"] = () => new Tied(native: false),
        ["Tied from the head"] = () => new Tied(native: true, fromHead: true),
        ["Tied from the head, deferred"] = () => new Tied(native: false, fromHead: true),
        ["TiedModel"] = () => new TiedModel(),
        ["ScaledSequential"] = () => new ScaledSequential(Linear(2, 3), BatchNorm1d(3)),
        ["Half"] = () => new Wrapper("inner", Sequential(Conv1d(2, 4, 3), BatchNorm1d(4), new Wrapper("gru", GRU(3, 4)), new Wrapper("cell", LSTMCell(3, 4)), Embedding(5, 3))).to(ScalarType.BFloat16),
        ["Double"] = () => new Wrapper("inner", new Perceptron()).to(ScalarType.Float64),
        ["Channels last"] = () => new Holder(("w", Parameter(empty(2, 3, 4).transpose(0, 2)))),
        ["Nothing"] = () => new Holder(("empty", Parameter(empty(0, 3))), ("scalar", Parameter(empty([])))),
        ["Frozen"] = Frozen,
        ["GPT-2"] = () => new Gpt2(Gpt2Config.Tiny),
        ["ResNet-18"] = () => ResNet.Of18Layers(10),
        ["Large"] = () => Sequential(Linear(1000, 1500), Linear(1500, 300)),
        ["Lists"] = () => new Wrapper("list", ModuleList<nn.Module>(Linear(2, 3), new Perceptron())),
        ["Attention beside layers"] = () => Sequential(("fc", Linear(4, 4)), ("more", new Wrapper("attn", MultiheadAttention(6, 2)))),
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Get_the_bits_flags_and_layouts_of_the_ordinary_way(string name)
    {
        foreach (RandomSource source in (RandomSource[])[RandomSource.Philox(7), RandomSource.Torch(7)])
        {
            nn.Module ordinary = Makers[name]();
            Everything.Compile(ordinary, source).Apply();
            nn.Module deferred = Deferred.Build(Makers[name]);
            Plan plan = Everything.Compile(deferred, source);
            plan.Explain();
            Assert.All(plan.Steps, step => Assert.Equal(step.Spec.Deferred, step.Store is TorchParameterStore { Tensor.device_type: DeviceType.META }));
            Report report = plan.Apply();
            Assert.Equal(plan.Steps.Count, report.Entries.Count);
            DeferredState.Same(ordinary, deferred);
            plan.Apply();
            DeferredState.Same(ordinary, deferred);
            Assert.Empty(plan.Verify().Failures);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Are_built_and_filled_in_one(string name)
    {
        nn.Module ordinary = Makers[name]();
        ordinary.Initialize(Everything, seed: 3);
        DeferredState.Same(ordinary, Deferred.Build(Makers[name], Everything, seed: 3));
        DeferredState.Same(ordinary, Deferred.Build(Makers[name], Everything, RandomSource.Philox(3)));
        nn.Module reported = Deferred.Build(Makers[name], Everything, 3, out Report report);
        DeferredState.Same(ordinary, reported);
        Assert.Equal(3, report.Seed);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Are_filled_by_a_visitor(string name)
    {
        nn.Module ordinary = Makers[name]();
        ordinary.Initialize(Everything, seed: 3);
        nn.Module deferred = Deferred.Build(Makers[name]);
        deferred.apply(Everything.Compile(deferred, seed: 3).Visitor());
        DeferredState.Same(ordinary, deferred);
    }

    [Fact]
    public void Everything_that_holds_a_parameter_sees_its_memory()
    {
        var keeper = Deferred.Build(() => new Keeper());
        Parameter[] before = [.. keeper.parameters()];
        Assert.All(before, parameter => Assert.Equal(DeviceType.META, parameter.device_type));
        keeper.Initialize(Everything, seed: 1);
        Assert.All(before, parameter => Assert.Equal(DeviceType.CPU, parameter.device_type));
        Assert.Equal(before, keeper.parameters(), ReferenceEqualityComparer.Instance);
        Assert.Equal(DeviceType.CPU, keeper.Captured().device_type);
        Assert.Same(keeper.get_parameter("captured"), keeper.Captured());
        Assert.Equal(ScalarType.Float64, keeper.Shift.dtype);
        Assert.False(keeper.Shift.requires_grad);
        Assert.Equal(ScalarType.BFloat16, keeper.Layers[1].weight.dtype);
        Assert.Equal([0, 1, 2, 3, 4, 5], keeper.get_buffer("positions")!.Doubles());
        using Tensor output = keeper.call(ones(2, 6));
        Assert.True(output.isfinite().all().item<bool>());
    }

    [Fact]
    public void Views_are_views_again()
    {
        RuleSet rules = When<Linear>().Weight(Xavier).Bias(Zeros) + When<Views>().Param("whole", Normal());
        var ordinary = new Views();
        InitException refused = Assert.Throws<InitException>(() => ordinary.Initialize(All.Param("*", Ones), seed: 5));
        ordinary.Initialize(rules, seed: 5);

        var deferred = Deferred.Build(() => new Views());
        InitException alike = Assert.Throws<InitException>(() => deferred.Initialize(All.Param("*", Ones), seed: 5));
        Assert.Equal(refused.Message, alike.Message);
        deferred.Initialize(rules + Where(p => p.Name is "transposed" or "row").Keep(), seed: 5);
        DeferredState.Same(ordinary, deferred);
        Assert.Same(deferred.one.weight, deferred.two.weight);
        using (no_grad())
        {
            deferred.whole.fill_(3);
        }

        Assert.All((Tensor[])[deferred.transposed, deferred.row, deferred.shown], view => Assert.All(view.Doubles(), value => Assert.Equal(3, value)));
    }

    [Fact]
    public void Many_parameters_in_one_memory_are_filled_on_many_threads()
    {
        var ordinary = new Flattened(300, 400);
        ordinary.Initialize(Everything, seed: 5);
        for (int i = 0; i < 10; i++)
        {
            DeferredState.Same(ordinary, Deferred.Build(() => new Flattened(300, 400), Everything, seed: 5));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Tied_weights_have_one_gradient(bool native, bool fromHead)
    {
        var model = Deferred.Build(() => new Tied(native, fromHead), When<Embedding>().Weight(Normal()), seed: 1);
        Assert.Equal(TensorMemory.Pointer(model.emb.weight!), TensorMemory.Pointer(model.head.weight));
        using Tensor logits = model.call(tensor((long[])[1, 2]));
        using Tensor loss = logits.square().sum();
        loss.backward();
        Assert.Equal(model.emb.weight!.grad!.Bytes(), model.head.weight.grad!.Bytes());
        Assert.Equal(model.emb.get_parameter("weight")!.grad!.Bytes(), model.head.weight.grad!.Bytes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_padding_row_is_known(bool native)
    {
        Tied ordinary = new(native: true);
        RuleSet rules = When<Embedding>().Weight(TorchDefault);
        ordinary.Initialize(rules, seed: 4);
        Tied deferred = Deferred.Build(() => new Tied(native), rules, seed: 4);
        DeferredState.Same(ordinary, deferred);
        Assert.All(deferred.emb.weight!.Doubles()[18..24], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Converting_the_model_before_it_is_filled_works()
    {
        foreach (ScalarType type in (ScalarType[])[ScalarType.BFloat16, ScalarType.Float64])
        {
            nn.Module ordinary = Sequential(("tied", new Tied(native: true)), ("fc", Linear(11, 3))).to(type);
            ordinary.Initialize(Everything, seed: 6);
            foreach (bool native in (bool[])[true, false])
            {
                nn.Module deferred = Deferred.Build(() => Sequential(("tied", new Tied(native)), ("fc", Linear(11, 3)))).to(type);
                deferred.Initialize(Everything, seed: 6);
                DeferredState.Same(ordinary, deferred);
            }
        }
    }

    [Fact]
    public void A_part_can_be_filled_before_the_whole()
    {
        RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros);
        Sequential model = Deferred.Build(() => Sequential(("a", Linear(3, 4)), ("b", Linear(4, 5))));
        Plan whole = rules.Compile(model, seed: 1);
        ((Linear)model[0]).Initialize(rules, seed: 2);
        Assert.Equal(DeviceType.META, ((Linear)model[1]).weight.device_type);
        whole.Apply();
        Sequential ordinary = Sequential(("a", Linear(3, 4)), ("b", Linear(4, 5)));
        ordinary.Initialize(rules, seed: 1);
        DeferredState.Same(ordinary, model);
    }

    [Fact]
    public void Trains_saves_and_moves_as_the_ordinary_model_does()
    {
        RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros);
        var ordinary = new Perceptron();
        ordinary.Initialize(rules, seed: 11);
        Perceptron deferred = Deferred.Build(() => new Perceptron(), rules, seed: 11);
        Assert.Equal(Train(ordinary), Train(deferred));
        DeferredState.Same(ordinary, deferred);

        using var stream = new MemoryStream();
        deferred.save(stream);
        var loaded = new Perceptron();
        loaded.load(new MemoryStream(stream.ToArray()));
        DeferredState.Same(ordinary, loaded);
        loaded = Deferred.Build(() => new Perceptron(), rules, seed: 1);
        loaded.load(new MemoryStream(stream.ToArray()));
        DeferredState.Same(ordinary, loaded);
        DeferredState.Same(ordinary.to(ScalarType.Float64), deferred.to(CPU).to(ScalarType.Float64));
    }

    [Fact]
    public void Memory_taken_in_inference_mode_can_be_trained()
    {
        Perceptron deferred = Deferred.Build(() => new Perceptron());
        using (inference_mode(true))
        {
            deferred.Initialize(Everything, seed: 1);
        }

        var ordinary = new Perceptron();
        ordinary.Initialize(Everything, seed: 1);
        Assert.Equal(Train(ordinary), Train(deferred));
    }

    private static float[] Train(Perceptron model)
    {
        using optim.Optimizer optimizer = optim.Adam(model.parameters(), 0.01);
        var losses = new float[3];
        for (int step = 0; step < losses.Length; step++)
        {
            optimizer.zero_grad();
            using Tensor output = model.call(arange(20, dtype: ScalarType.Float32).reshape(5, 4) / 10);
            using Tensor loss = output.square().mean();
            loss.backward();
            optimizer.step();
            losses[step] = loss.item<float>();
        }

        Assert.All(losses, loss => Assert.True(float.IsFinite(loss) && loss > 0));
        return losses;
    }

    private static Sequential Frozen()
    {
        Embedding embedding = Embedding(5, 4);
        embedding.weight!.requires_grad = false;
        GRU recurrent = GRU(3, 4);
        foreach (Parameter parameter in recurrent.parameters())
        {
            parameter.requires_grad = false;
        }

        Linear linear = Linear(4, 4);
        linear.weight.requires_grad = false;
        return Sequential(("linear", linear), ("embedding", embedding), ("rest", new Wrapper("gru", recurrent)));
    }
}
