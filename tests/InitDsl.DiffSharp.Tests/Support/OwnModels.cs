namespace InitDsl.Tests;

/// <summary>A model of the user's own that names what it holds.</summary>
internal class Net : Model<Tensor, Tensor>
{
    internal Net()
        : base(null, null, null, null)
    {
        addModel(Hidden, "hidden");
        addModel(Head, "head");
        addParameter(Scale, "scale");
        addParameter(Mixing, "mixing-weight");
    }

    internal Linear Hidden { get; } = Layers.Linear(6, 4);

    internal Linear Head { get; } = Layers.Linear(4, 3);

    internal Parameter Scale { get; } = new(Make.Ones(3));

    internal Parameter Mixing { get; } = new(Make.Zeros(3, 5));

    public override Tensor forward(Tensor value) => dsharp.matmul(Head.forward(Hidden.forward(value)) * Scale.value, Mixing.value);
}

/// <summary>One layer under two names.</summary>
internal sealed class Tied : Model<Tensor, Tensor>
{
    internal Tied()
        : base(null, null, null, null)
    {
        addModel(Shared, "first");
        addModel(Layers.Linear(3, 3), "between");
        addModel(Shared, "second");
    }

    internal Linear Shared { get; } = Layers.Linear(3, 3);
}

/// <summary>A linear layer's own matrix, used once more as one of the model's.</summary>
internal sealed class Borrowing : Model<Tensor, Tensor>
{
    internal Borrowing()
        : base(null, null, null, null)
    {
        addParameter(Layer.parameters.First().Item2, "table");
        addModel(Layer, "layer");
    }

    internal Linear Layer { get; } = Layers.Linear(5, 2);
}

/// <summary>A Sequential that does not run its models one after another.</summary>
internal sealed class Backwards() : Sequential([Layers.Linear(2, 2), Layers.BatchNorm1d(2)])
{
    public override Tensor forward(Tensor value) => value;
}

/// <summary>A layer of DiffSharp's with a type of its own.</summary>
internal sealed class Scaled() : Linear(2, 2, null);

/// <summary>A normalization without weight and bias of its own.</summary>
internal sealed class Tempered() : BatchNorm1d(2, null, null, false, null, null);
