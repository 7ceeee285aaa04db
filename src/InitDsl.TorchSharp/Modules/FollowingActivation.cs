using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Which activation the output of a module goes through. It can be seen in a <c>Sequential</c> only: any other
/// module decides in its code.
/// </summary>
internal static class FollowingActivation
{
    /// <summary>For each child of a module what follows it; nothing where the order is not known.</summary>
    internal static IReadOnlyList<Following> OfChildren(
        ModulePlace parent, IReadOnlyList<(string Name, nn.Module Module)> children)
    {
        if (children.Count == 0)
        {
            return [];
        }

        var following = new Following[children.Count];
        if (!RunsInOrder(parent.Module))
        {
            return following;
        }

        // From the back: what follows the last child is what follows the Sequential itself.
        Following next = parent.Following;
        for (int i = children.Count - 1; i >= 0; i--)
        {
            following[i] = next;
            next = First(children[i].Module, next);
        }

        return following;
    }

    /// <summary>Whether a module is a Sequential that runs its children one after another, as a derived class need not.</summary>
    internal static bool RunsInOrder(nn.Module module) => module is Sequential && ModuleKind.Of(module).RunsInOrder;

    /// <summary>What a module applies to its input first; what comes after it where it passes that on.</summary>
    private static Following First(nn.Module module, Following after) => module switch
    {
        Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout => after,
        Identity or Flatten or Unflatten => after,
        NormBase or LayerNorm or GroupNorm => after with { ThroughNorm = true },
        Sequential { Count: > 0 } nested when RunsInOrder(nested) => FirstOf(nested, after),
        Sequential { Count: 0 } empty when RunsInOrder(empty) => after,

        // Another layer, a pooling, a block: what its output goes through is not what its input does.
        _ => new(KnownActivations.Of(module), ThroughNorm: false),
    };

    /// <summary>The first module of a Sequential that does not pass its input on; nested ones are opened here.</summary>
    private static Following FirstOf(Sequential sequence, Following after)
    {
        // One level only: deeper nesting is rare, and a Sequential that contains itself must not end the process.
        Following next = after;
        foreach ((string _, nn.Module module) in sequence.named_children().Reverse())
        {
            next = module is Sequential ? default : First(module, next);
        }

        return next;
    }
}
