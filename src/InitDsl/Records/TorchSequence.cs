using System.Security.Cryptography;
using System.Text;

namespace InitDsl;

/// <summary>
/// The one sequence of random numbers that PyTorch's generator gives: a parameter's depend on its place in it, and so on
/// how many numbers were taken before, of which kinds.
/// </summary>
internal sealed class TorchSequence
{
    private int draws;
    private byte[] before = [];

    /// <summary>Names the numbers that a parameter gets: equal names, after one seed, mean equal numbers.</summary>
    internal string Draw(PlanStep step)
    {
        if (!step.Law.IsRandom)
        {
            return "no draw";
        }

        string name = FormattableString.Invariant($"draw {++draws}")
            + (draws == 1 ? "" : $" after {Convert.ToHexStringLower(before.AsSpan(0, 8))}");
        before = SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes($"{Taken(step.Law, step.Shape)} {step.Spec.DType}\n")]);
        return name;
    }

    /// <summary>
    /// What is taken from the generator. Means, bounds and gains are applied to the numbers afterwards, so that they do not
    /// matter; of a truncated normal libtorch draws a uniform, of an orthogonal matrix a normal.
    /// </summary>
    private static string Taken(Law law, Shape shape) => law switch
    {
        OverlaidLaw overlaid => Taken(overlaid.Under, shape),
        PaddedLaw padded => Taken(padded.Inner, shape),
        UniformLaw or TruncatedNormalLaw => FormattableString.Invariant($"uniform {shape.Elements}"),
        NormalLaw or ComplexLaw or OrthogonalLaw => FormattableString.Invariant($"normal {shape.Elements}"),
        SparseLaw => $"sparse {shape}",
        _ => $"{law} {shape}",
    };
}
