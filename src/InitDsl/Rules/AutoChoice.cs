namespace InitDsl;

/// <summary>What <c>Auto</c> takes for a layer, and from what it was seen.</summary>
/// <param name="Init">The initializer, as it could have been written.</param>
/// <param name="Follows">What follows the layer, in words; null where nothing could be seen.</param>
internal sealed record AutoChoice(Init Init, string? Follows)
{
    /// <summary>The initializer that fits an activation.</summary>
    /// <remarks>Compared as values: a function of the user's may have any name.</remarks>
    internal static Init For(Activation? activation) =>
        activation is null || activation == Activation.Linear || activation == Activation.SELU ? Dsl.LeCunNormal
        : activation == Activation.ReLU ? Dsl.Kaiming
        : activation == Activation.Tanh || activation == Activation.Sigmoid || activation == Activation.Hardsigmoid ? Dsl.Xavier
        : Dsl.Kaiming.For(activation);

    /// <summary>What follows and what is taken: <c>ReLU: Kaiming</c>.</summary>
    public override string ToString() => $"{Follows ?? "nothing seen"}: {Init}";
}
