namespace InitDsl;

/// <summary>
/// An <see cref="Init"/> resolved for one parameter: a distribution or a set of exact values in closed form.
/// Plans, verification and tests read these moments and bounds and no others.
/// </summary>
/// <remarks>
/// A law that combinators made has the moments that mathematics gives in closed form. Where it gives none, mean and
/// standard deviation are <see cref="double.NaN"/>, which texts show as "?"; bounds are always known.
/// </remarks>
public abstract record Law
{
    private protected Law()
    {
    }

    /// <summary>The expected mean of the elements; NaN where unknown.</summary>
    public abstract double Mean { get; }

    /// <summary>The expected standard deviation of the elements; NaN where unknown.</summary>
    public abstract double Std { get; }

    /// <summary>No element is smaller, up to rounding to the parameter's dtype; −∞ when unbounded.</summary>
    public abstract double Min { get; }

    /// <summary>No element is larger, up to rounding to the parameter's dtype; +∞ when unbounded.</summary>
    public abstract double Max { get; }

    /// <summary>A short text of the numbers that <see cref="object.ToString"/> leaves out, given values and masks; empty for none.</summary>
    internal virtual string Digest => string.Join(' ', Parts.Select(part => part.Digest).Where(digest => digest.Length > 0));

    /// <summary>Whether values are drawn; false where they are known in advance.</summary>
    internal virtual bool IsRandom => true;

    /// <summary>Whether each element is drawn by itself, from one distribution for all.</summary>
    internal virtual bool Independent => false;

    /// <summary>Whether all elements have one distribution, so that any choice of them has the moments of the whole.</summary>
    internal virtual bool Homogeneous => Independent;

    /// <summary>What the law of an element is symmetric about, which then is its mean to the last bit; null where it is not.</summary>
    internal virtual double? Centre => null;

    /// <summary>How many numbers an element is made of: 2 when complex.</summary>
    internal virtual int Components => 1;

    /// <summary>The laws that this one is made of.</summary>
    internal virtual IReadOnlyList<Law> Parts => [];

    /// <summary>How many streams beside the parameter's own are taken by blends; the next blend takes another.</summary>
    internal virtual int Blends => Parts.Count == 1 ? Parts[0].Blends : 0;

    /// <summary>A simpler law that one element by itself follows, where there is one.</summary>
    internal virtual Law Marginal => this;

    /// <summary>The same law made of other parts.</summary>
    internal virtual Law With(IReadOnlyList<Law> parts) => this;

    /// <summary>The probability that an element is at most x; NaN where there is no closed form.</summary>
    internal virtual double Cdf(double x) => double.NaN;

    /// <summary>The law of an element that is known to lie between two numbers; null where there is no closed form.</summary>
    internal virtual Law? Between(double low, double high) => null;

    /// <summary>The law of the values moved into an interval.</summary>
    internal Law Clamp(double low, double high) =>
        Min >= low && Max <= high ? this
        : Max <= low || low == high ? new ConstantLaw(low)
        : Min >= high ? new ConstantLaw(high)
        : Clamped(low, high);

    /// <summary>The law of the values rounded to a dtype.</summary>
    internal virtual Law Cast(DType dtype) => new CastLaw(this, dtype);

    /// <summary>What <see cref="Clamp"/> comes to where the bounds matter.</summary>
    private protected virtual Law Clamped(double low, double high) => new ClampedLaw(this, low, high);

    /// <summary>The law of the values multiplied by a factor.</summary>
    /// <param name="factor">Any finite number.</param>
    public abstract Law Scale(double factor);
}
