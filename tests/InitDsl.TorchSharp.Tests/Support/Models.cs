namespace InitDsl.Tests;

/// <summary>Custom modules of the kinds that users write.</summary>
internal sealed class Perceptron : Module<Tensor, Tensor>
{
    private readonly Linear first;
    private readonly Linear second;

    internal Perceptron(long inputs = 4, long hidden = 8, long outputs = 3)
        : base(nameof(Perceptron))
    {
        first = Linear(inputs, hidden);
        second = Linear(hidden, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => second.forward(functional.relu(first.forward(input)));
}

/// <summary>A language model's usual tie: the head's weight is the embedding's.</summary>
internal sealed class TiedModel : Module<Tensor, Tensor>
{
    internal readonly Embedding emb;
    internal readonly Linear head;

    internal TiedModel(long words = 11, long width = 6)
        : base(nameof(TiedModel))
    {
        emb = Embedding(words, width);
        head = Linear(width, words);
        head.weight = emb.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(emb.forward(input));
}

/// <summary>Parameters of its own beside children, and one that must not be trained.</summary>
internal sealed class Patches : Module<Tensor, Tensor>
{
    internal readonly Parameter pos_embed;
    internal readonly Parameter frozen;
    internal readonly Parameter scale_weight;
    internal readonly Parameter out_bias;
    internal readonly Conv2d proj;
    internal readonly Tensor table;

    internal Patches()
        : base(nameof(Patches))
    {
        pos_embed = Parameter(zeros(1, 5, 6));
        frozen = Parameter(zeros(3, 2), requires_grad: false);
        scale_weight = Parameter(zeros(7));
        out_bias = Parameter(zeros(7));
        proj = Conv2d(3, 6, 2, bias: false);
        table = full([4], 7f);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => proj.forward(input);
}

/// <summary>Whatever parameters a test needs, by name.</summary>
internal sealed class Holder : Module<Tensor, Tensor>
{
    internal Holder(params (string Name, Parameter Value)[] parameters)
        : base(nameof(Holder))
    {
        foreach ((string name, Parameter value) in parameters)
        {
            register_parameter(name, value);
        }
    }

    public override Tensor forward(Tensor input) => input.alias();
}

/// <summary>A module around another.</summary>
internal sealed class Wrapper : Module<Tensor, Tensor>
{
    internal Wrapper(string name, nn.Module inner)
        : base(nameof(Wrapper)) => register_module(name, inner);

    public override Tensor forward(Tensor input) => input.alias();
}

/// <summary>A Sequential with a parameter of its own, which TorchSharp's enumeration hides.</summary>
internal sealed class ScaledSequential : Sequential
{
    internal ScaledSequential(params Module<Tensor, Tensor>[] modules)
        : base(modules) => register_parameter("scale_weight", Parameter(zeros(2, 3)));

    public override Tensor forward(Tensor tensor) => base.forward(tensor);
}

/// <summary>A module that lists a parameter it has not registered.</summary>
internal sealed class Lister : Module<Tensor, Tensor>
{
    private readonly Parameter extra = Parameter(zeros(3));

    internal Lister()
        : base(nameof(Lister))
    {
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
        base.named_parameters(recurse).Append(("extra_weight", extra));

    public override Tensor forward(Tensor input) => input.alias();
}
