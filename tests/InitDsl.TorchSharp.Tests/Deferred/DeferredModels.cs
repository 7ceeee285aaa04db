namespace InitDsl.Tests;

/// <summary>Parameters in all the places where users keep them.</summary>
internal sealed class Keeper : Module<Tensor, Tensor>
{
    internal readonly Linear[] Layers;
    internal readonly Func<Tensor> Captured;
    private readonly Parameter scale;
    private readonly ParameterList list;
    private readonly ParameterDict dictionary;
    private readonly ModuleList<Module<Tensor, Tensor>> items;
    private readonly ModuleDict<Module<Tensor, Tensor>> named;
    private readonly Tensor positions;

    internal Keeper()
        : base(nameof(Keeper))
    {
        scale = Parameter(ones(6));
        Shift = Parameter(zeros(6, dtype: ScalarType.Float64), requires_grad: false);
        list = ParameterList(Parameter(empty(2, 3)), Parameter(randn(4)));
        dictionary = ParameterDict(("first", Parameter(empty(3, 2))), ("second", Parameter(zeros(5))));
        items = ModuleList<Module<Tensor, Tensor>>(Linear(6, 5), Conv1d(2, 4, 3), BatchNorm1d(6));
        named = ModuleDict<Module<Tensor, Tensor>>(("a", Linear(6, 2)), ("b", LayerNorm(6)));
        Layers = [Linear(6, 6), Linear(6, 6, dtype: ScalarType.BFloat16)];
        for (int i = 0; i < Layers.Length; i++)
        {
            register_module($"layer{i}", Layers[i]);
        }

        Parameter captured = Parameter(empty(7));
        register_parameter("captured", captured);
        Captured = () => captured;
        positions = arange(6, device: CPU);
        RegisterComponents();
    }

    internal Parameter Shift { get; }

    public override Tensor forward(Tensor input) => (Layers[0].call(input) * scale) + Shift.to(ScalarType.Float32) + positions;
}

/// <summary>A module whose constructor computes values that nobody can draw.</summary>
internal sealed class Masked : Module<Tensor, Tensor>
{
    internal readonly Linear Layer = Linear(4, 4);
    private readonly Tensor mask;
    private readonly List<Tensor> unregistered;
    private readonly (Tensor, int) pair;

    internal Masked(Device? device = null)
        : base(nameof(Masked))
    {
        mask = ones(4, 4, device: device).tril();
        RegisterComponents();
        unregistered = [arange(3, device: device)];
        pair = (full([2], 7f, device: device), 1);
    }

    public override Tensor forward(Tensor input) => Layer.call(input).matmul(mask) + unregistered[0][2] + pair.Item1[0];
}

/// <summary>Values computed by a constructor in all the places that are no field.</summary>
internal sealed class Hidden : Module<Tensor, Tensor>
{
    internal readonly Linear Layer = Linear(4, 4);
    private readonly Dictionary<string, Tensor> byName;
    private readonly Dictionary<string, List<Tensor[]>> nested;
    private readonly Rotary rotary;
    private readonly KeyValuePair<int, Tensor> single;
    private readonly IEnumerable<int> lazy;
    private readonly Linked first;

    internal Hidden(Device? device = null)
        : base(nameof(Hidden))
    {
        RegisterComponents();
        byName = new() { ["a"] = ones(1, device: device) };
        nested = new() { ["b"] = [[ones(2, device: device)], []] };
        rotary = new(ones(3, device: device));
        single = new(1, ones(4, device: device));
        first = new(ones(5, device: device));
        first.Next = new(ones(6, device: device)) { Next = first };
        lazy = Enumerable.Range(0, 3).Select(int (_) => throw new NotSupportedException("a sequence was run"));
    }

    internal IEnumerable<int> Lazy => lazy;

    public override Tensor forward(Tensor input) =>
        Layer.call(input) * byName["a"] * nested["b"][0][0][0] * rotary.Sum * single.Value[0] * first.Next!.Values[0];

    internal sealed class Rotary(Tensor table)
    {
        internal Tensor Sum => table.sum();

        public Tensor Dangerous => throw new NotSupportedException("a property was read");
    }

    private sealed class Linked(Tensor values)
    {
        internal Tensor Values => values;

        internal Linked? Next { get; set; }
    }
}

/// <summary>Many parameters in one memory, as optimizers flatten them.</summary>
internal sealed class Flattened : Module<Tensor, Tensor>
{
    internal Flattened(int count, int length)
        : base(nameof(Flattened))
    {
        using Tensor whole = empty(count, length);
        for (int i = 0; i < count; i++)
        {
            register_parameter($"row{i}", Parameter(whole[i]));
        }
    }

    public override Tensor forward(Tensor input) => input;
}

/// <summary>Parameters that are parts of one another.</summary>
internal sealed class Views : Module<Tensor, Tensor>
{
    internal readonly Parameter whole;
    internal readonly Parameter transposed;
    internal readonly Parameter row;
    internal readonly Linear one;
    internal readonly Linear two;
    internal readonly Tensor shown;

    internal Views()
        : base(nameof(Views))
    {
        one = Linear(5, 4);
        two = Linear(5, 4);
        two.weight = one.weight;
        whole = Parameter(empty(3, 4));
        transposed = Parameter(whole.detach().t());
        row = Parameter(whole.detach()[1]);
        shown = whole.detach();
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => two.call(input).matmul(transposed) + whole.matmul(row).sum() + shown.sum();
}

/// <summary>A language model's usual parts, with an embedding that can be deferred.</summary>
internal sealed class Tied : Module<Tensor, Tensor>
{
    internal readonly Embedding emb;
    internal readonly Linear head;

    internal Tied(bool native, bool fromHead = false)
        : base(nameof(Tied))
    {
        emb = native ? Embedding(11, 6, padding_idx: 3) : Deferred.Embedding(11, 6, padding_idx: 3);
        if (fromHead)
        {
            head = Linear(6, 11, hasBias: false);
            emb.weight = head.weight;
        }
        else
        {
            head = Linear(emb.weight!);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.call(emb.call(input));
}
