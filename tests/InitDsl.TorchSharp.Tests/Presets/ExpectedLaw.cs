namespace InitDsl.Tests;

/// <summary>What a law should be, from the formula of the published code: written out here, not asked of the library.</summary>
/// <param name="Kind">The law's type, with that of its parts.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The standard deviation.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The largest.</param>
internal sealed record ExpectedLaw(string Kind, double Mean, double Std, double Min, double Max)
{
    /// <summary>The standard deviation of a unit normal that is cut at ±2.</summary>
    private const double CutAtTwo = 0.87962566103423978;

    internal static ExpectedLaw Zero { get; } = Constant(0);

    internal static ExpectedLaw One { get; } = Constant(1);

    internal static ExpectedLaw Constant(double value) => new(nameof(ConstantLaw), value, 0, value, value);

    internal static ExpectedLaw Gaussian(double std, double mean = 0) =>
        new(nameof(NormalLaw), mean, std, double.NegativeInfinity, double.PositiveInfinity);

    internal static ExpectedLaw PlusMinus(double bound) => new(nameof(UniformLaw), 0, bound / Math.Sqrt(3), -bound, bound);

    /// <summary><c>trunc_normal_(std)</c> of PyTorch and timm: cut at ±2, which for a small std is nowhere.</summary>
    internal static ExpectedLaw CutFarOut(double std) => new(nameof(TruncatedNormalLaw), 0, std, -2, 2);

    /// <summary>Cut at two deviations and widened, so that <paramref name="std"/> is what remains.</summary>
    internal static ExpectedLaw Truncated(double std) =>
        new(nameof(TruncatedNormalLaw), 0, std, -2 * std / CutAtTwo, 2 * std / CutAtTwo);

    internal static ExpectedLaw Orthonormal(long rows, long columns) =>
        new(nameof(OrthogonalLaw), 0, 1 / Math.Sqrt(Math.Max(rows, columns)), -1, 1);

    /// <summary>The same law in so many blocks, each with its own stream.</summary>
    internal ExpectedLaw InBlocks() => this with { Kind = $"{nameof(SlicedLaw)}({Kind})" };

    /// <summary>The same law for all rows of a table but one, which is zero; of mean 0.</summary>
    internal ExpectedLaw ButOneRowOf(long rows) =>
        this with { Kind = $"{nameof(PaddedLaw)}({Kind})", Std = Std * Math.Sqrt(1 - (1.0 / rows)) };

    /// <summary>What differs; null for nothing.</summary>
    internal string? Difference(Law law)
    {
        ExpectedLaw found = new(KindOf(law), law.Mean, law.Std, law.Min, law.Max);
        return Kind == found.Kind && Same(Mean, found.Mean) && Same(Std, found.Std) && Same(Min, found.Min) && Same(Max, found.Max)
            ? null
            : $"{found} instead of {this}";
    }

    private static string KindOf(Law law) => law switch
    {
        PaddedLaw padded => $"{nameof(PaddedLaw)}({KindOf(padded.Inner)})",
        SlicedLaw sliced => $"{nameof(SlicedLaw)}({string.Join(", ", sliced.Slices.Select(slice => KindOf(slice.Law)).Distinct())})",
        _ => law.GetType().Name,
    };

    private static bool Same(double expected, double found) =>
        expected.Equals(found) || Math.Abs(expected - found) <= 1e-12 * Math.Abs(expected);
}
