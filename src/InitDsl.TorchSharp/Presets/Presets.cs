using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace InitDsl;

/// <summary>
/// The initialization of published networks and libraries as rule sets, each after the code that it names. Exceptions
/// come after: <c>Presets.ResNet + Named("fc").Weight(Normal(std: 0.01))</c>.
/// </summary>
/// <remarks>
/// A preset's rules match by module type wherever its source does, and by name where the source names layers, or the
/// layer is a module of your own; each preset says so. Its rules are written for a family: no plan warns when one of
/// them matches nothing, or when yours win all it matches. What warns is a preset that does not fit: none of its rules
/// matches, its names are not those of the model, or it leaves parameters that no other rule is about (INIT109).
/// </remarks>
public static partial class Presets
{
    // What presets share is computed at each use: static members of a class in several files have no order among them.

    /// <summary>Batch, instance, layer and group normalization.</summary>
    private static Selector Norms => Dsl.When<NormBase, LayerNorm, GroupNorm>();

    /// <summary>
    /// Normalizations that TorchSharp has no module for, as RMSNorm: a weight, and perhaps a bias, of one dimension in a
    /// module of the user's own.
    /// </summary>
    private static Selector OwnNorms => Dsl.Where(p => p.Kind == LayerKind.Other && p.Shape.Rank == 1);

    /// <param name="rules">The rules.</param>
    /// <param name="arguments">What the preset is given, in parentheses as in code; nothing for a property.</param>
    /// <param name="name">The preset's member.</param>
    private static RuleSet Preset(RuleSet rules, string arguments = "", [CallerMemberName] string name = "") =>
        RuleSet.Of(rules.Rules.Select(rule => rule.AsOptional($"{nameof(Presets)}.{name}{arguments}")));
}
