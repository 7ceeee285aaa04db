using TorchSharp.Modules;

namespace InitDsl;

/// <content>Networks of sines.</content>
public static partial class Presets
{
    /// <summary>
    /// SIREN (vsitzmann/siren, modules.py, <c>first_layer_sine_init</c> and <c>sine_init</c>; Sitzmann et al. 2020): the
    /// first linear layer U(±1/n), n its inputs, all others, the last too, U(±√(6/n)/30); biases PyTorch's default, as in
    /// the source. By module type; the first is the first in the order of the model's modules, which the rule counts.
    /// </summary>
    /// <remarks>For another frequency ω write <c>+ When&lt;Linear&gt;().Weight(From(p => p.Depth == 0 ? SirenFirst() : Siren(omega)))</c>.</remarks>
    public static RuleSet Siren { get; } = Preset(
        Dsl.When<Linear>().Weight(Dsl.From(p => p.Depth == 0 ? Dsl.SirenFirst() : Dsl.Siren())).Bias(Dsl.TorchDefault));
}
