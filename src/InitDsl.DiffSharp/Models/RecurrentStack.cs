using System.Text.RegularExpressions;
using DiffSharp.Model;

namespace InitDsl;

/// <summary>
/// DiffSharp builds an RNN or LSTM of cells, models of their own. Here the layer holds the parameters of its cells, under
/// PyTorch's names for them (<c>weight_ih_l0</c>, <c>bias_l1_reverse</c>): the layer is what people put into a network.
/// </summary>
internal static partial class RecurrentStack
{
    /// <summary>Whether a child is a cell of the layer, and none that a derived class added.</summary>
    internal static bool Holds(ModelBase layer, string name, ModelBase child) => Suffix(layer, name, child) is not null;

    /// <summary>What PyTorch puts behind the names of a cell's parameters; null of anything else.</summary>
    internal static string? Suffix(ModelBase layer, string name, ModelBase child) =>
        ((layer is LSTM && child is LSTMCell) || (layer is RNN && child is RNNCell)) && CellName().Match(name) is { Success: true } match
            ? $"_l{match.Groups["index"].Value}{(match.Groups["reverse"].Success ? "_reverse" : "")}"
            : null;

    [GeneratedRegex(@"^(RNN|LSTM)-layer-(?<reverse>reverse-)?(?<index>\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex CellName();
}
