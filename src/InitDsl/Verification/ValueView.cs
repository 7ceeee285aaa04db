namespace InitDsl;

/// <summary>
/// Values that one law is about: a parameter's, or those of a part of it, in the order and number that the law has
/// them in. Complex numbers count as two.
/// </summary>
internal sealed class ValueView
{
    /// <summary>Visits a run of the values only, so that all ranges of a view together are read once.</summary>
    private readonly RunVisit visit;

    private ValueView(DType dtype, long count, RunVisit visit)
    {
        DType = dtype;
        Count = count;
        RoundingError = ElementCodec.RoundingError(dtype);
        LeastRoundingError = ElementCodec.LeastRoundingError(dtype);
        this.visit = visit;
    }

    private delegate void RunVisit(long from, long count, StoredValues.Visitor visitor);

    internal DType DType { get; }

    /// <summary>How many values there are.</summary>
    internal long Count { get; }

    /// <summary>The largest relative error that rounding has left in a value.</summary>
    internal double RoundingError { get; private init; }

    /// <summary>The largest error of a value too small to be rounded relatively.</summary>
    internal double LeastRoundingError { get; private init; }

    /// <summary>The part of both errors that can carry a value beyond a bound: all but the last rounding, which keeps the order.</summary>
    internal (double Relative, double Absolute) Beyond { get; private init; }

    /// <summary>
    /// Whether a value is the one expected: the very same, unless earlier roundings may have moved it, and the expected
    /// one where that is another value of the view. Twice a step for each: when a part was put on and when it is taken off.
    /// </summary>
    internal bool Same(double value, double expected) =>
        value.Equals(expected) || value == expected
        || Math.Abs(value - expected) <= (4 * Beyond.Relative * Math.Abs(expected)) + (2 * Beyond.Absolute);

    internal int Components => DType.IsComplex() ? 2 : 1;

    internal static ValueView Of(PlanStep step) =>
        new(
            step.Spec.DType,
            step.Shape.Elements * (step.Spec.DType.IsComplex() ? 2 : 1),
            (from, count, visitor) => StoredValues.Visit(step.Store, from, count, visitor));

    /// <summary>Values that were read before, of one parameter or of several draws of it.</summary>
    internal static ValueView Of(DType dtype, double[] values) => new(dtype, values.Length, (from, count, visitor) =>
    {
        long end = from + count;
        for (long start = from; start < end; start += ElementCodec.Chunk)
        {
            visitor(start, values.AsSpan((int)start, (int)Math.Min(ElementCodec.Chunk, end - start)));
        }
    });

    internal void Visit(StoredValues.Visitor visitor) => visit(0, Count, visitor);

    /// <summary>All values in one array.</summary>
    internal double[] ToArray()
    {
        double[] values = new double[Count];
        Visit((start, part) => part.CopyTo(values.AsSpan((int)start)));
        return values;
    }

    /// <summary>A run of the values.</summary>
    internal ValueView Range(long from, long count) => Derived(
        count, (first, some, visitor) => visit(from + first, some, (start, values) => visitor(start - from, values)));

    /// <summary>Other values of the same dtype.</summary>
    internal ValueView Holding(double[] values) => Derived(
        values.Length, (first, some, visitor) => visitor(first, values.AsSpan((int)first, (int)some)));

    /// <summary>The values divided by a number.</summary>
    internal ValueView DividedBy(double factor) =>
        Derived(Count, (first, some, visitor) => visit(first, some, (start, values) =>
        {
            double[] divided = new double[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                divided[i] = values[i] / factor;
            }

            visitor(start, divided);
        })).Erring(ElementCodec.RoundingError(DType), LeastRoundingError / Math.Abs(factor));

    /// <summary>The values without a summand that is known.</summary>
    internal ValueView Without(Law known)
    {
        Filler filler = Filler.Of(known, default);
        double largest = Math.Max(Math.Abs(known.Min), Math.Abs(known.Max));
        return Derived(Count, (first, some, visitor) => visit(first, some, (start, values) =>
        {
            double[] expected = new double[values.Length];
            filler.Fill(start, expected.AsSpan());
            for (int i = 0; i < values.Length; i++)
            {
                expected[i] = values[i] - expected[i];
            }

            visitor(start, expected);
        })).Erring(ElementCodec.RoundingError(DType), 4 * RoundingError * largest);
    }

    /// <summary>The same values, known to have been rounded to another dtype before.</summary>
    internal ValueView RoundedTo(DType dtype) =>
        Derived(Count, visit).Erring(ElementCodec.RoundingError(dtype), ElementCodec.LeastRoundingError(dtype));

    /// <summary>The same values, known to come from a composition that rounds on its way.</summary>
    internal ValueView ComposedAs(Law law) =>
        CompositionError.Of(law, ElementCodec.RoundingError(DType)) is var (relative, absolute) && (relative, absolute) == default
            ? this
            : Erring(relative, absolute);

    private ValueView Erring(double relative, double absolute) => new(DType, Count, visit)
    {
        RoundingError = RoundingError + relative,
        LeastRoundingError = LeastRoundingError + absolute,
        Beyond = (Beyond.Relative + relative, Beyond.Absolute + absolute),
    };

    private ValueView Derived(long count, RunVisit visits) => new(DType, count, visits)
    {
        RoundingError = RoundingError,
        LeastRoundingError = LeastRoundingError,
        Beyond = Beyond,
    };
}
