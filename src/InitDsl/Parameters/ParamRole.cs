namespace InitDsl;

/// <summary>What a parameter does in its module; <c>.Weight(…)</c> and <c>.Bias(…)</c> address by role.</summary>
public enum ParamRole
{
    /// <summary>Multiplies: <c>weight</c>, <c>weight_ih_l0</c>, <c>in_proj_weight</c>, a norm's scale.</summary>
    Weight,

    /// <summary>Adds: <c>bias</c>, <c>bias_hh_l0</c>, <c>in_proj_bias</c>.</summary>
    Bias,

    /// <summary>Neither, as a custom module's <c>pos_embed</c>: reached by <c>.Param(name, …)</c> alone.</summary>
    Other,

    /// <summary>
    /// No parameter but a persistent buffer, as running statistics: only <c>FromStateDict</c> gives it values, and only
    /// <c>.Keep()</c> is about it beside.
    /// </summary>
    Buffer,
}
