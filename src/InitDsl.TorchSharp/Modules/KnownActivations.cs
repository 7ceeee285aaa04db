using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>TorchSharp's activation modules, as the core knows them.</summary>
internal static class KnownActivations
{
    /// <summary>Beyond this no gain is meant, and some cannot be computed.</summary>
    private const double Sane = 1e6;

    /// <summary>
    /// The activation that a module is; null for everything else, and for those that work on whole vectors (softmax) or
    /// have no gain to speak of.
    /// </summary>
    internal static Activation? Of(nn.Module module) => module switch
    {
        ReLU => Activation.ReLU,
        ReLU6 => Activation.ReLU6,
        LeakyReLU { negative_slope: > -Sane and < Sane } leaky => Activation.LeakyReLU(leaky.negative_slope),

        // As it starts: the slopes are trained.
        PReLU { init: > -Sane and < Sane } slopes => Activation.LeakyReLU(slopes.init),
        RReLU { lower: > -Sane and < Sane, upper: > -Sane and < Sane } random => Activation.RReLU(random.lower, random.upper),
        Tanh => Activation.Tanh,
        Sigmoid => Activation.Sigmoid,
        Hardsigmoid => Activation.Hardsigmoid,
        SELU => Activation.SELU,
        GELU { approximate: GELU.Approximate.tanh } => Activation.GELUTanh,
        GELU => Activation.GELU,
        GLU => Activation.GLU,
        SiLU => Activation.SiLU,
        ELU { alpha: > -Sane and < Sane } elu => Activation.ELUWithAlpha(elu.alpha),
        CELU { alpha: > 1 / Sane and < Sane } celu => Activation.CELU(celu.alpha),
        Mish => Activation.Mish,
        Hardswish => Activation.Hardswish,
        Softsign => Activation.Softsign,
        Softplus { beta: > 1 / Sane and < Sane } softplus => Activation.Softplus(softplus.beta),
        Hardtanh { min_val: > -Sane and < Sane, max_val: > -Sane and < Sane } cut
            when cut.max_val > cut.min_val && Math.Max(cut.max_val, -cut.min_val) > 1 / Sane =>
            Activation.Hardtanh(cut.min_val, cut.max_val),
        Hardshrink { lambda: >= 0 and < 10 } hard => Activation.Hardshrink(hard.lambda),
        Softshrink { lambda: >= 0 and < 10 } soft => Activation.Softshrink(soft.lambda),
        Tanhshrink => Activation.Tanhshrink,
        LogSigmoid => Activation.LogSigmoid,
        _ => null,
    };
}
