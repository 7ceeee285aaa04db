namespace InitDsl.Tests;

/// <summary>The calls of the reference files (generate.py), and the same in our words.</summary>
internal static class ReferenceCalls
{
    internal static IReadOnlyDictionary<string, Init> All { get; } = new Dictionary<string, Init>
    {
        ["uniform_(-0.3, 0.7)"] = Uniform(-0.3, 0.7),
        ["normal_(0.5, 2)"] = Normal(0.5, 2),
        ["trunc_normal_(0, 0.02, -0.04, 0.04)"] = TruncNormal(0, 0.02, -0.04, 0.04),
        ["trunc_normal_(0.1, 1, -0.5, 3)"] = TruncNormal(0.1, 1, -0.5, 3),
        ["xavier_uniform_(1)"] = XavierUniform,
        ["xavier_uniform_(tanh)"] = XavierUniform.For(Activation.Tanh),
        ["xavier_normal_(1)"] = XavierNormal,
        ["kaiming_uniform_(fan_in, relu)"] = KaimingUniform,
        ["kaiming_uniform_(fan_out, relu)"] = KaimingUniform.FanOut(),
        ["kaiming_uniform_(fan_in, leaky_relu 0.2)"] = KaimingUniform.For(Activation.LeakyReLU(0.2)),
        ["kaiming_normal_(fan_in, relu)"] = KaimingNormal,
        ["kaiming_normal_(fan_out, tanh)"] = KaimingNormal.FanOut().For(Activation.Tanh),
        ["orthogonal_(1.5)"] = Orthogonal(1.5),
        ["sparse_(0.3, 0.1)"] = Sparse(0.3, 0.1),
        ["eye_"] = Eye,
        ["dirac_"] = Dirac(),
    };
}
