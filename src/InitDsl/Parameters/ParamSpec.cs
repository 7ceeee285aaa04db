namespace InitDsl;

/// <summary>
/// What the library knows of one parameter, stated by a backend: where it lives, what it is for, its shape, and
/// how its axes count inputs and outputs. Predicates (<c>Where</c>) and computed initializers (<c>From</c>) read it.
/// </summary>
public sealed partial class ParamSpec
{
    private readonly string name = "";
    private readonly string modulePath = "";
    private Shape shape = Shape.Scalar;
    private FanCount? layerFans;
    private FanCount? torchFans;
    private long stacked = 1;
    private long groups = 1;
    private long? padding;
    private ParamSpec? whole;
    private NamedRows? rows;
    private string? path;
    private IReadOnlyList<Gate> storedGates = [];

    /// <summary>The module's dotted path in the model; empty for the root.</summary>
    public required string ModulePath
    {
        get => modulePath;
        init => modulePath = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The parameter's name in its module: <c>weight</c>, <c>bias</c>, <c>weight_hh_l0</c>.</summary>
    public required string Name
    {
        get => name;
        init => name = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The full dotted path: <c>h.0.attn.c_proj.weight</c>.</summary>
    public string Path => path ??= DottedPath.Of(ModulePath, Name);

    /// <summary>The CLR type of the module object; <c>When&lt;T&gt;()</c> matches it. Null for a tensor on its own.</summary>
    public Type? ModuleType { get; init; }

    /// <summary>
    /// The path from the module object to the parameter's place inside it, where that module shows no children
    /// (multi-head attention, transformers): <c>layers.0.self_attn.out_proj</c>, or empty for the module's own.
    /// Null everywhere else. <see cref="ModulePath"/> ends with it; <see cref="ModuleType"/> is the object's.
    /// </summary>
    public string? InnerPath { get; init; }

    /// <summary>Whether the parameter lies inside a module that shows no children.</summary>
    public bool Opaque => InnerPath is not null;

    /// <summary>The path of the module object; differs from <see cref="ModulePath"/> inside opaque modules only.</summary>
    public string OwnerPath =>
        string.IsNullOrEmpty(InnerPath) ? ModulePath : ModulePath[..^InnerPath.Length].TrimEnd('.');

    /// <summary>The parameter's name as its module object lists it: <c>weight</c>, <c>out_proj.weight</c>.</summary>
    public string QualifiedName => DottedPath.Of(InnerPath ?? "", Name);

    /// <summary>The kind of layer.</summary>
    public LayerKind Kind { get; init; }

    /// <summary>What the parameter is for.</summary>
    public required ParamRole Role { get; init; }

    /// <summary>The sizes of its dimensions.</summary>
    public required Shape Shape
    {
        get => shape;
        init => shape = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// Whether the memory holds the transpose of <see cref="Shape"/>: [in, out] where the shape says [out, in], as in
    /// DiffSharp's linear and recurrent layers. Rules, fans, laws, rows and streams all go by <see cref="Shape"/>, so that they
    /// mean the same in every library; the backend's store turns the matrix.
    /// </summary>
    public bool Transposed { get; init; }

    /// <summary>The sizes as the memory has them: those of <see cref="Shape"/>, turned where it is <see cref="Transposed"/>.</summary>
    public Shape StoredShape => Transposed ? new(shape[1], shape[0]) : shape;

    /// <summary>The type of its elements.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <summary>The layer's fan-in and fan-out; a bias carries those of its weight. Null where there are none.</summary>
    public FanCount? LayerFans
    {
        get => layerFans;
        init => layerFans = value;
    }

    /// <summary>The fans as PyTorch's <c>torch.nn.init</c> computes them from the weight's shape.</summary>
    public FanCount? TorchFans
    {
        get => torchFans;
        init => torchFans = value;
    }

    /// <summary>
    /// Whether the first axis of the layer's weight counts inputs (<see cref="FanAxes.RowsAreInputs"/>): then some rows of the
    /// weight, or of its bias, have the fans of all.
    /// </summary>
    public bool RowsAreInputs { get; init; }

    /// <summary>How many equal blocks are stacked along the first axis: gates of a recurrent layer, 3 of a packed QKV.</summary>
    public long Blocks
    {
        get => stacked;
        init => stacked = value;
    }

    /// <summary>
    /// The gates of an LSTM or a GRU in the order in which rows and files have their blocks, which is PyTorch's. Empty of all
    /// other parameters, and of parts of these.
    /// </summary>
    public IReadOnlyList<Gate> Gates => (Kind, stacked) switch
    {
        (LayerKind.Recurrent, 4) => GatesOfLstm,
        (LayerKind.Recurrent, 3) => GatesOfGru,
        _ => [],
    };

    /// <summary>
    /// The gates in the order in which the memory stacks their blocks, where it is not that of <see cref="Gates"/>, as in
    /// DiffSharp's LSTM; otherwise empty. Rules, laws, rows and streams all go by <see cref="Gates"/>; the backend's store
    /// moves the blocks.
    /// </summary>
    /// <exception cref="ArgumentException">They are not all gates of an LSTM, or all of a GRU, once each.</exception>
    public IReadOnlyList<Gate> StoredGates
    {
        get => storedGates;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            storedGates = value.Count == 0 || value.Order().SequenceEqual(GatesOfLstm.Order()) || value.Order().SequenceEqual(GatesOfGru.Order())
                ? value
                : throw new ArgumentException($"[{string.Join(", ", value)}] are not the gates of an LSTM or of a GRU.", nameof(value));
        }
    }

    /// <summary>How many groups a convolution has; 1 of other layers.</summary>
    public long Groups
    {
        get => groups;
        init => groups = value;
    }

    /// <summary>Whether the parameter is inside <c>nn.Transformer</c>, whose default overrides its layers' own.</summary>
    public bool InTransformer { get; init; }

    /// <summary>The row of an embedding that stands for padding and starts at 0.</summary>
    public long? PaddingIndex
    {
        get => padding;
        init => padding = value;
    }

    /// <summary>The value that a parametric ReLU's slopes start from.</summary>
    public double PReLUInit { get; init; } = 0.25;

    /// <summary>The size of a bilinear layer's first input; its weight and bias carry it.</summary>
    public long? BilinearIn1 { get; init; }

    /// <summary>
    /// The activation that the layer's output goes through next, where the backend can see it: in a <c>Sequential</c>,
    /// past modules that change nothing (dropout, flatten) and past a normalization (<see cref="NormFollows"/>).
    /// </summary>
    public Activation? FollowedBy { get; init; }

    /// <summary>
    /// Whether a normalization takes the layer's output, before <see cref="FollowedBy"/> if there is one: it rescales,
    /// and the layer's gain is moot in the forward pass.
    /// </summary>
    public bool NormFollows { get; init; }

    /// <summary>Whether the backend leaves this parameter's memory uninitialised (TorchSharp's GroupNorm).</summary>
    public bool NeverInitialised { get; init; }

    /// <summary>
    /// Whether the parameter has no memory yet, since the model was built deferred. A plan must fill it, and takes the
    /// memory when it does.
    /// </summary>
    public bool Deferred { get; init; }

    /// <summary>Whether the backend starts several layers with the same values (TorchSharp's TransformerEncoder).</summary>
    public bool StartsLikeItsSiblings { get; init; }

    /// <summary>Whether the layer has a fan-in and a fan-out; norms and vectors on their own have none.</summary>
    public bool HasFans => LayerFans is not null;

    /// <summary>How many inputs feed one output of the layer.</summary>
    /// <exception cref="InvalidOperationException">The layer has no fan-in.</exception>
    public double FanIn => Known(LayerFans).In;

    /// <summary>How many outputs one input of the layer feeds.</summary>
    /// <exception cref="InvalidOperationException">The layer has no fan-out.</exception>
    public double FanOut => Known(LayerFans).Out;

    /// <summary>The parameter that this one is a part of, itself where it is whole.</summary>
    internal ParamSpec Whole => whole ?? this;

    /// <summary>PyTorch's order.</summary>
    internal static IReadOnlyList<Gate> GatesOfLstm { get; } = [Gate.Input, Gate.Forget, Gate.Cell, Gate.Output];

    /// <summary>PyTorch's order.</summary>
    internal static IReadOnlyList<Gate> GatesOfGru { get; } = [Gate.Reset, Gate.Update, Gate.New];

    /// <summary>The rows of the parameter that this one is; null where it is whole.</summary>
    internal NamedRows? Rows => rows;

    /// <summary>The shape as plans and messages show it: <c>[10, 512]ᵀ</c> where the memory holds [512, 10].</summary>
    internal string ShapeText => Transposed ? $"{Shape}ᵀ" : Shape.ToString();

    /// <summary>Path and shape: <c>fc.weight [10, 512]</c>; of some rows <c>fc.weight[0..4] [4, 512]</c>.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "tensor" : Path)}{rows?.Text} {ShapeText}";

    /// <summary>
    /// One of equal parts of the first dimension, seen as a parameter of its own. Fans that already are those of
    /// a part (gates of a recurrent layer, groups of a convolution) stay, and so do those of parts that are inputs; otherwise a
    /// part has as many outputs less.
    /// </summary>
    /// <param name="parts">How many; the first dimension is divisible by it.</param>
    internal ParamSpec Part(long parts)
    {
        var part = (ParamSpec)MemberwiseClone();
        part.shape = new([shape[0] / parts, .. shape.Skip(1)]);
        part.stacked = 1;
        part.storedGates = [];
        part.groups = GroupsIn(shape[0] / parts);
        part.whole = Whole;
        part.padding = null;   // a row of the whole
        bool already = layerFans is { } own && torchFans is { } whole && own.Out * parts == whole.Out;
        part.layerFans = already || RowsAreInputs ? layerFans : Fewer(layerFans, parts);
        part.torchFans = Fewer(torchFans, parts);
        return part;
    }

    /// <summary>
    /// Some rows seen as a parameter of their own. The fan-in is the layer's. The fan-out is that of the rows, where they
    /// are fewer than a block (a gate, a projection, a group), whose fan-out the layer has. Rows that are
    /// inputs, as those of a transposed convolution, change neither.
    /// </summary>
    /// <param name="chosen">Rows that there are.</param>
    internal ParamSpec RowsOf(NamedRows chosen)
    {
        var part = (ParamSpec)MemberwiseClone();
        long count = chosen.End - chosen.First;
        if (count < shape[0])
        {
            part.stacked = 1;
            part.storedGates = [];
            part.groups = GroupsIn(count);
            part.layerFans = RowsAreInputs ? layerFans : Share(layerFans, Math.Min(shape[0], count * Blocks * Groups));
            part.torchFans = Share(torchFans, count);
        }

        part.shape = new([count, .. shape.Skip(1)]);
        part.padding = padding is { } row && row >= chosen.First && row < chosen.End ? row - chosen.First : null;
        part.whole = Whole;
        part.rows = chosen;
        return part;
    }

    /// <summary>The same parameter, of which nothing is to be said about a padding row.</summary>
    internal ParamSpec WithoutPadding()
    {
        var copy = (ParamSpec)MemberwiseClone();
        copy.padding = null;
        return copy;
    }

    /// <summary>How many whole groups so many rows are; 1 where they are a part of one, or do not fit.</summary>
    private long GroupsIn(long rows) => rows * groups % Math.Max(1, shape[0]) == 0 ? Math.Max(1, rows * groups / Math.Max(1, shape[0])) : 1;

    /// <summary>The fans of so many rows of all.</summary>
    private FanCount? Share(FanCount? fans, double count) => fans is { } known ? new(known.In, known.Out * count / shape[0]) : null;

    private static FanCount? Fewer(FanCount? fans, long parts) => fans is { } known ? new(known.In, known.Out / parts) : null;

    private FanCount Known(FanCount? fans) =>
        fans ?? throw new InvalidOperationException($"{this} has no fan-in and fan-out; HasFans tells.");
}
