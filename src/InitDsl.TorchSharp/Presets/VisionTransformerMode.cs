namespace InitDsl;

/// <summary>Which of timm's initializations of a vision transformer: its argument <c>weight_init</c>.</summary>
public enum VisionTransformerMode
{
    /// <summary>timm's default, <c>''</c>: <c>init_weights_vit_timm</c>.</summary>
    Default,

    /// <summary><c>'jax'</c>: <c>init_weights_vit_jax</c>, as Google's code in Flax.</summary>
    Jax,

    /// <summary><c>'jax_nlhb'</c>: the same with −ln(classes) as the head's bias ("negative log head bias").</summary>
    JaxNlhb,

    /// <summary><c>'moco'</c>: <c>init_weights_vit_moco</c>, as MoCo v3.</summary>
    Moco,
}
