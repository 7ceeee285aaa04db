namespace InitDsl;

/// <summary>The identity as the recurrent matrix of a network of rectifiers.</summary>
internal sealed class IrnnInit(double scale) : Init
{
    internal override Term Term => scale == 1 ? Term.Call(nameof(Dsl.Irnn)) : Term.Call(nameof(Dsl.Irnn), scale);

    internal override Resolution Resolve(ResolutionContext context)
    {
        Shape shape = context.Spec.Shape;
        return shape.Rank == 2 && shape[0] == shape[1]
            ? new EyeLaw(shape[0], shape[1], scale)
            : new Problem(
                $"{this} needs a square recurrent matrix, and the shape is {shape}.",
                context.Spec is { Kind: LayerKind.Recurrent, Blocks: > 1 }
                    ? "Write Eye.PerBlock() for the gates of an LSTM or a GRU, and match weight_hh* alone."
                    : "Match weight_hh* of an RNN alone.");
    }
}

/// <summary>The biases of an LSTM whose memories last as long as a range of time scales.</summary>
internal sealed class ChronoInit(double longest) : Init
{
    private const int Gates = 4;

    internal override Term Term => Term.Call(nameof(Dsl.Chrono), longest);

    internal override Resolution Resolve(ResolutionContext context)
    {
        ParamSpec spec = context.Spec;
        if (spec is not { Kind: LayerKind.Recurrent, Role: ParamRole.Bias, Blocks: Gates, Shape.Rank: 1 })
        {
            return new Problem(
                $"{this} is a law of an LSTM's biases, and this parameter is not one.",
                "Write When<LSTM>().Bias(" + this + "); for one gate of your own, LogOfUniform(1, T - 1).");
        }

        if (spec.Name.StartsWith("bias_hh", StringComparison.Ordinal))
        {
            return new ConstantLaw(0);
        }

        long hidden = spec.Shape[0] / Gates;
        var forget = new LogOfUniformLaw(1, longest - 1);

        // One stream for both: each input bias is the negative of its own unit's forget bias.
        return new SlicedLaw(
        [
            .. spec.Gates.Select(gate => gate switch
            {
                Gate.Input => new LawSlice("chrono", hidden, forget.Scale(-1)),
                Gate.Forget => new LawSlice("chrono", hidden, forget),
                _ => new LawSlice("rest", hidden, new ConstantLaw(0)),
            }),
        ]);
    }
}
