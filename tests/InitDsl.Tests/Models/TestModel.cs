namespace InitDsl.Tests;

/// <summary>A model that needs no tensor library: parameters in memory, with the specs a backend would make.</summary>
internal sealed class TestModel(params MemoryStore[] stores) : ModelParameters
{
    public override string Name => "TestModel";

    public override IReadOnlyList<ParameterStore> Stores => stores;

    public override IReadOnlyList<Diagnostic> Diagnostics => Found;

    public override IReadOnlyList<ParameterStore> Buffers => Statistics;

    /// <summary>What is no parameter and is saved with them.</summary>
    internal List<MemoryStore> Statistics { get; } = [];

    internal List<Diagnostic> Found { get; } = [];

    /// <summary>What stands in for PyTorch's generator; null for a backend without one.</summary>
    internal Func<long, TorchGenerator>? Generator { get; init; }

    public override TorchGenerator? StartTorchGenerator(long seed) => Generator?.Invoke(seed);

    public override (Shape Shape, double[] Values)? ReadValues(object source) => source switch
    {
        Uri => (new(2), [7, 8]),
        Version => null,
        _ => throw new ArgumentException("It has no values."),
    };

    internal MemoryStore this[string path] => stores.Single(store => store.Spec.Path == path);

    internal static TestModel Of(params MemoryStore[][] layers) => new([.. layers.SelectMany(layer => layer)]);

    internal static MemoryStore[] Linear(string path, long outputs, long inputs, bool bias = true, Activation? then = null) =>
        Layer<FakeLinear>(path, LayerKind.Linear, new(outputs, inputs), FanAxes.OutIn, bias, then);

    internal static MemoryStore[] Conv(string path, Shape shape, long groups = 1, bool bias = true) =>
        Layer<FakeConv>(path, LayerKind.Convolution, shape, FanAxes.Convolution(groups), bias, null, groups);

    internal static MemoryStore[] ConvTranspose(string path, Shape shape, long groups = 1, long stride = 1) =>
        Layer<FakeConvTranspose>(
            path, LayerKind.TransposedConvolution, shape, FanAxes.TransposedConvolution(groups, stride), false, null, groups);

    internal static MemoryStore[] Norm(string path, long channels) => Norm<FakeNorm>(path, channels, false);

    internal static MemoryStore[] GroupNorm(string path, long channels) => Norm<FakeGroupNorm>(path, channels, true);

    internal static MemoryStore[] Embedding(string path, long entries, long width, long? padding = null) =>
    [
        new(new()
        {
            ModulePath = path,
            Name = "weight",
            ModuleType = typeof(FakeEmbedding),
            Kind = LayerKind.Embedding,
            Role = ParamRole.Weight,
            Shape = new(entries, width),
            LayerFans = FanAxes.OutIn.Count(new(entries, width)),
            TorchFans = FanAxes.OutIn.Count(new(entries, width)),
            PaddingIndex = padding,
        }),
    ];

    /// <summary>An LSTM's parameters of one layer.</summary>
    internal static MemoryStore[] Lstm(string path, long inputs, long hidden)
    {
        MemoryStore Make(string name, ParamRole role, Shape shape, Shape weight) => new(new()
        {
            ModulePath = path,
            Name = name,
            ModuleType = typeof(FakeLstm),
            Kind = LayerKind.Recurrent,
            Role = role,
            Shape = shape,
            Blocks = 4,
            LayerFans = FanAxes.Stacked(4).Count(weight),
            TorchFans = FanAxes.OutIn.Count(weight),
        });
        var input = new Shape(4 * hidden, inputs);
        var recurrent = new Shape(4 * hidden, hidden);
        return
        [
            Make("weight_ih_l0", ParamRole.Weight, input, input),
            Make("weight_hh_l0", ParamRole.Weight, recurrent, recurrent),
            Make("bias_ih_l0", ParamRole.Bias, new(4 * hidden), input),
            Make("bias_hh_l0", ParamRole.Bias, new(4 * hidden), recurrent),
        ];
    }

    /// <summary>One parameter on its own, of any dtype.</summary>
    internal static MemoryStore Tensor(Shape shape, DType dtype = DType.Float32, string path = "w") => new(new()
    {
        ModulePath = "",
        Name = path,
        ModuleType = typeof(FakeLinear),
        Role = ParamRole.Weight,
        Shape = shape,
        DType = dtype,
        LayerFans = shape.Rank < 2 ? null : FanAxes.OutIn.Count(shape),
        TorchFans = shape.Rank < 2 ? null : FanAxes.OutIn.Count(shape),
    });

    /// <summary>A parameter that nobody can have in memory.</summary>
    internal static MemoryStore Imaginary(Shape shape, string path) => new(
        new() { ModulePath = "", Name = path, ModuleType = typeof(FakeLinear), Role = ParamRole.Weight, Shape = shape }, withMemory: false);

    private static MemoryStore[] Norm<T>(string path, long channels, bool neverInitialised)
    {
        MemoryStore Make(string name, ParamRole role) => new(new()
        {
            ModulePath = path,
            Name = name,
            ModuleType = typeof(T),
            Kind = LayerKind.Normalization,
            Role = role,
            Shape = new(channels),
            NeverInitialised = neverInitialised,
        });
        return [Make("weight", ParamRole.Weight), Make("bias", ParamRole.Bias)];
    }

    internal static MemoryStore[] Layer<T>(string path, LayerKind kind, Shape shape, FanAxes axes, bool bias, Activation? then, long groups = 1)
    {
        MemoryStore Make(string name, ParamRole role, Shape its) => new(new()
        {
            ModulePath = path,
            Name = name,
            ModuleType = typeof(T),
            Kind = kind,
            Role = role,
            Shape = its,
            LayerFans = axes.Count(shape),
            RowsAreInputs = axes.RowsAreInputs,
            TorchFans = FanAxes.OutIn.Count(shape),
            FollowedBy = then,
            Groups = groups,
        });
        MemoryStore weight = Make("weight", ParamRole.Weight, shape);
        return bias ? [weight, Make("bias", ParamRole.Bias, new(shape[0]))] : [weight];
    }
}
