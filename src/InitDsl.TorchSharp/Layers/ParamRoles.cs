namespace InitDsl;

/// <summary>PyTorch names parameters by what they do.</summary>
internal static class ParamRoles
{
    internal static ParamRole Of(string name) =>
        name.StartsWith("bias", StringComparison.Ordinal) || name.EndsWith("_bias", StringComparison.Ordinal) ? ParamRole.Bias
        : name.StartsWith("weight", StringComparison.Ordinal) || name.EndsWith("_weight", StringComparison.Ordinal) ? ParamRole.Weight
        : ParamRole.Other;

    /// <summary>The name of the weight that a bias goes with: <c>weight_ih_l0</c> for <c>bias_ih_l0</c>.</summary>
    internal static string WeightFor(string bias) => bias.Replace("bias", "weight", StringComparison.Ordinal);
}
