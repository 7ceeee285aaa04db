using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Which activation the output of a module goes through. It can be seen in a <c>Sequential</c> only: any other
/// module decides in its code.
/// </summary>
internal static class FollowingActivation
{
    /// <summary>For each child of a module the activation after it; all null where the order is not known.</summary>
    internal static IReadOnlyList<Activation?> OfChildren(
        ModulePlace parent, IReadOnlyList<(string Name, nn.Module Module)> children)
    {
        if (children.Count == 0)
        {
            return [];
        }

        var following = new Activation?[children.Count];
        if (!RunsInOrder(parent.Module))
        {
            return following;
        }

        // From the back: what follows the last child is what follows the Sequential itself.
        Activation? next = parent.FollowedBy;
        for (int i = children.Count - 1; i >= 0; i--)
        {
            following[i] = next;
            next = First(children[i].Module, next);
        }

        return following;
    }

    /// <summary>The activation that a module applies to its input first; what comes after it where it passes that on.</summary>
    private static Activation? First(nn.Module module, Activation? after) => module switch
    {
        Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout => after,
        Identity or Flatten or Unflatten => after,
        Sequential { Count: > 0 } nested when RunsInOrder(nested) => FirstOf(nested, after),
        Sequential { Count: 0 } empty when RunsInOrder(empty) => after,
        ReLU or ReLU6 => Activation.ReLU,
        LeakyReLU leaky when double.IsFinite(leaky.negative_slope) => Activation.LeakyReLU(leaky.negative_slope),
        Tanh => Activation.Tanh,
        Sigmoid => Activation.Sigmoid,
        SELU => Activation.SELU,
        GELU { approximate: GELU.Approximate.tanh } => Activation.GELUTanh,
        GELU => Activation.GELU,
        SiLU => Activation.SiLU,
        ELU { alpha: 1 } => Activation.ELU,
        Mish => Activation.Mish,
        Hardswish => Activation.Hardswish,
        Softsign => Activation.Softsign,

        // Another layer, a normalization (which makes the gain moot), an activation without a known gain, a block.
        _ => null,
    };

    /// <summary>The first module of a Sequential that does not pass its input on; nested ones are opened here.</summary>
    private static Activation? FirstOf(Sequential sequence, Activation? after)
    {
        // One level only: deeper nesting is rare, and a Sequential that contains itself must not end the process.
        Activation? next = after;
        foreach ((string _, nn.Module module) in sequence.named_children().Reverse())
        {
            next = module is Sequential ? null : First(module, next);
        }

        return next;
    }

    private static bool RunsInOrder(nn.Module module) => module is Sequential && ModuleKind.Of(module).RunsInOrder;
}
