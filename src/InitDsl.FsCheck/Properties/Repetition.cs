namespace InitDsl;

/// <summary>How probable it is that two draws of a parameter, or two rows of one draw, agree by chance.</summary>
/// <param name="Element">An upper bound of the probability that two elements at the same place agree.</param>
/// <param name="RowLength">How many elements of a row are drawn.</param>
/// <param name="Rows">How many rows there are.</param>
internal readonly record struct Repetition(double Element, double RowLength, long Rows)
{
    /// <summary>Draws have at least 22 random bits where float32 holds them; few values are near each other in the half types.</summary>
    private const double Full = 1.0 / (1 << 20);
    private const double Half = 1.0 / (1 << 6);

    /// <summary>Of some two rows of all; 1 where a row is drawn for others.</summary>
    internal double RowsAlike => Math.Min(1, Rows * (Rows - 1) / 2.0 * Math.Pow(Element, RowLength));

    /// <summary>Of two whole draws.</summary>
    internal double WholeAlike => Math.Pow(Element, RowLength * Rows);

    /// <summary>Null where the law repeats rows by design, masks elements, or is not random.</summary>
    internal static Repetition? Of(Drawn drawn)
    {
        Shape shape = drawn.Spec.Shape;
        if (shape.Rank == 0 || shape.Elements == 0)
        {
            return null;
        }

        double least = drawn.Spec.DType is DType.Float16 or DType.BFloat16 ? Half : Full;
        double row = shape.Elements / shape[0];
        return Agreement(drawn.Law, least) is { } element
            ? new(element, drawn.Law is CentredLaw centred ? row / centred.Kernel : row, shape[0])
            : null;
    }

    private static double? Agreement(Law law, double least) => law switch
    {
        { IsRandom: false } or RepeatedLaw or MaskedLaw or OverlaidLaw => null,
        SparseLaw sparse => Math.Min(1, least + Math.Pow((double)sparse.ZerosPerColumn / Math.Max(1, sparse.Rows), 2)
            + (2.0 / Math.Max(1, sparse.Rows))),
        ClampedLaw clamped => Math.Min(1, least + Square(clamped.Inner.Cdf(clamped.Low)) + Square(1 - clamped.Inner.Cdf(clamped.High))) is var atoms
            && double.IsNaN(atoms) ? null : atoms,
        DiscreteLaw discrete => discrete.Probabilities.Sum(Square),
        CastLaw cast => Agreement(cast.Inner, cast.DType is DType.Float16 or DType.BFloat16 ? Half : least),
        SumLaw sum => (Agreement(sum.First, least), Agreement(sum.Second, least)) switch
        {
            ({ } first, { } second) => Math.Min(first, second),
            (null, { } second) when !sum.First.IsRandom => second,
            ({ } first, null) when !sum.Second.IsRandom => first,
            _ => null,
        },
        { Parts.Count: > 0 } => law.Parts.Select(part => Agreement(part, least)).Aggregate((double?)0, (most, part) => most is { } a && part is { } b ? Math.Max(a, b) : null),
        _ => least,
    };

    private static double Square(double probability) => probability * probability;
}
