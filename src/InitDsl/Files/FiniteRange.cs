namespace InitDsl;

/// <summary>Which finite numbers there are among others; complex parts count by themselves.</summary>
/// <param name="Least">The smallest of them; +∞ where there are none.</param>
/// <param name="Most">The largest of them; −∞ where there are none.</param>
/// <param name="Others">How many are NaN or infinite.</param>
internal readonly record struct FiniteRange(double Least, double Most, long Others)
{
    private static readonly FiniteRange None = new(double.PositiveInfinity, double.NegativeInfinity, 0);

    /// <param name="moments">What is known of the elements.</param>
    /// <param name="dtype">Their dtype.</param>
    /// <param name="bytes">The elements, which are looked at only where some are not finite.</param>
    internal static FiniteRange Of(Moments moments, DType dtype, ReadOnlySpan<byte> bytes)
    {
        if (moments.Count == 0)
        {
            return None;
        }

        if (double.IsFinite(moments.Min) && double.IsFinite(moments.Max))
        {
            return new(moments.Min, moments.Max, 0);
        }

        double[] values = new double[bytes.Length / dtype.Size() * (dtype.IsComplex() ? 2 : 1)];
        ElementCodec.Read(dtype, bytes, values);
        double[] finite = Array.FindAll(values, double.IsFinite);
        return new(finite.DefaultIfEmpty(None.Least).Min(), finite.DefaultIfEmpty(None.Most).Max(), values.Length - finite.Length);
    }

    internal static FiniteRange Joined(IEnumerable<FiniteRange> parts) => parts.Aggregate(
        None, (all, part) => new(Math.Min(all.Least, part.Least), Math.Max(all.Most, part.Most), all.Others + part.Others));
}
