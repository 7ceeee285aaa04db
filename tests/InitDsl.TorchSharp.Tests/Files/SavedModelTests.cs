namespace InitDsl.Tests;

/// <summary>Files that TorchSharp itself has written.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("initdsl-saved-").FullName;

    private string Path => System.IO.Path.Combine(folder, "model.dat");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Kinds => ["linear", "norms", "recurrent", "attention", "property", "bfloat16"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_TorchSharp_saved_comes_back_to_the_last_bit(string kind)
    {
        using nn.Module trained = Make(kind, 1);
        trained.save(Path);
        using nn.Module fresh = Make(kind, 2);
        Plan plan = FromStateDict(Path).Compile(fresh, seed: 1);
        Assert.Empty(plan.Diagnostics);
        plan.Apply();
        Dictionary<string, Tensor> saved = trained.state_dict();
        Dictionary<string, Tensor> loaded = fresh.state_dict();
        Assert.NotEmpty(saved);
        Assert.Equal(saved.Keys, loaded.Keys);
        Assert.All(saved, tensor => Assert.Equal(tensor.Value.Bytes(), loaded[tensor.Key].Bytes()));
        Assert.True(plan.Verify().Passed);
    }

    [Fact]
    public void A_visitor_writes_buffers_too()
    {
        using nn.Module trained = Make("norms", 1);
        trained.save(Path);
        using nn.Module fresh = Make("norms", 2);
        fresh.apply(FromStateDict(Path).Compile(fresh, seed: 1).Visitor());
        Assert.All(trained.state_dict(), tensor => Assert.Equal(tensor.Value.Bytes(), fresh.state_dict()[tensor.Key].Bytes()));
    }

    [Fact]
    public void A_deferred_model_is_filled_from_a_file()
    {
        using nn.Module trained = Make("norms", 1);
        trained.save(Path);
        using var deferred = Deferred.Build(() => (nn.Module<Tensor, Tensor>)Build("norms"), FromStateDict(Path), seed: 1);
        Assert.All(trained.state_dict(), tensor => Assert.Equal(tensor.Value.Bytes(), deferred.state_dict()[tensor.Key].Bytes()));
    }

    [Fact]
    public void Frozen_parameters_are_loaded_and_stay_frozen()
    {
        using nn.Module trained = Make("linear", 1);
        trained.save(Path);
        using nn.Module fresh = Make("linear", 2);
        foreach (Parameter parameter in fresh.parameters())
        {
            parameter.requires_grad = false;
        }

        fresh.Initialize(FromStateDict(Path), seed: 1);
        Assert.Equal(trained.State(), fresh.State());
        Assert.All(fresh.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void The_model_can_be_saved_over_the_file_it_came_from()
    {
        using nn.Module model = Make("linear", 1);
        model.save(Path);
        Plan plan = FromStateDict(Path).Compile(model, seed: 1);
        plan.Apply();
        string told = plan.ToJson();
        model.save(Path);
        Assert.Equal(told, plan.ToJson());
    }

    [Fact]
    public void A_cut_file_leaves_the_model_as_it_was()
    {
        using nn.Module model = Make("norms", 1);
        model.save(Path);
        byte[] whole = File.ReadAllBytes(Path);
        Dictionary<string, byte[]> before = model.state_dict().ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Bytes());
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<InitException>(() => model.Initialize(FromStateDict(Path), seed: 1));
        }

        Assert.Equal(before, model.state_dict().ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Bytes()));
    }

    private static nn.Module Build(string kind) => kind switch
    {
        "linear" => Sequential(("fc1", Linear(3, 4)), ("fc2", Linear(4, 2))),
        "norms" => Sequential(("conv", Conv2d(2, 4, 3)), ("bn", BatchNorm2d(4)), ("gn", GroupNorm(2, 4))),
        "recurrent" => LSTM(3, 4, 2),
        "attention" => TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2),
        "property" => new Property(),
        _ => Sequential(("fc1", Linear(3, 4))).bfloat16(),
    };

    /// <summary>With values of its own everywhere.</summary>
    private static nn.Module Make(string kind, long seed)
    {
        manual_seed(seed);
        nn.Module made = Build(kind);
        foreach (Tensor tensor in made.state_dict().Values)
        {
            using IDisposable leaf = no_grad();
            using Tensor values = tensor.is_floating_point() ? randn(tensor.shape).to(tensor.dtype) : full(tensor.shape, seed, tensor.dtype);
            tensor.copy_(values);
        }

        return made;
    }

    /// <summary>TorchSharp calls what it registers here by the names of hidden fields.</summary>
    private sealed class Property : nn.Module<Tensor, Tensor>
    {
        internal Property()
            : base("Property") => RegisterComponents();

        private Linear Inner { get; } = Linear(2, 2);

        private Parameter Scale { get; } = new(ones(2));

        public override Tensor forward(Tensor input) => Inner.call(input) * Scale;
    }
}
