namespace InitDsl.Tests;

/// <summary>Initializers as users write them, composed at random, for a matrix of 12 rows.</summary>
internal static class InitExpressions
{
    internal static readonly Shape Shape = new(12, 8);

    private static readonly int[] Parts = [1, 2, 3];

    internal static Arbitrary<Init> Any => Gen.Sized(size => Expression(Math.Min(4, 1 + (size / 20)), 12)).ToArbitrary();

    /// <summary>An expression for so many rows: blocks and repeats leave fewer for what is inside them.</summary>
    private static Gen<Init> Expression(int depth, int rows)
    {
        Gen<Init> leaf = Gen.OneOf(Numbers.Select(Leaf), Gen.Elements(Laws));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<Init> inner = Expression(depth - 1, rows);
        Gen<Init>[] combined =
        [
            leaf,
            inner.Zip(Numbers, (init, number) => init.Scale(number.A)),
            inner.Zip(Numbers, (init, number) => init.Clamp(Math.Min(number.A, number.B), Math.Max(number.A, number.B))),
            inner.Zip(Numbers, (init, number) => init.Clamp(number.A, double.PositiveInfinity)),
            inner.Zip(Gen.Choose(2, 7), (init, step) => init.MaskBy(at => (at[0] + at[1]) % step != 0)),
            inner.Zip(inner).Zip(Gen.Choose(0, 10), (pair, tenths) => pair.Item1.Blend(pair.Item2, tenths / 10.0)),
            inner.Zip(Gen.Elements(DType.Float16, DType.BFloat16, DType.Float32), (init, dtype) => init.Cast(dtype)),
            Parted(depth, rows, (init, parts) => init.PerBlock(parts)),
            Parted(depth, rows, (init, parts) => init.RepeatEach(parts)),
        ];
        return Gen.OneOf(combined);
    }

    private static Init[] Laws =>
    [
        Zeros, Ones, Eye, Kaiming, Xavier, LeCunTruncated, Orthogonal(), Sparse(0.3, 1), ZerO, SirenFirst(), Siren(), Caffe2Xavier, SmallInit(8),
    ];

    private static Gen<(double A, double B)> Numbers =>
        Gen.Choose(-40, 40).Zip(Gen.Choose(-40, 40), (a, b) => ((a == 0 ? 3 : a) / 20.0, (b == a ? b + 7 : b) / 20.0));

    private static Init Leaf((double A, double B) number) => (Math.Abs((int)(20 * number.A)) % 5) switch
    {
        0 => Const(number.A),
        1 => Normal(number.A, 0.1 + Math.Abs(number.B)),
        2 => Uniform(Math.Min(number.A, number.B), Math.Max(number.A, number.B)),
        3 => TruncNormalSigmas(number.B, Math.Abs(number.A), 1 + Math.Abs(number.B)),
        _ => LogOfUniform(Math.Abs(number.A), Math.Abs(number.A) + Math.Abs(number.B) + 0.1),
    };

    private static Gen<Init> Parted(int depth, int rows, Func<Init, int, Init> combine) =>
        Gen.Elements(Parts).SelectMany(parts => rows % parts == 0
            ? Expression(depth - 1, rows / parts).Select(init => combine(init, parts))
            : Expression(depth - 1, rows));
}
