namespace InitDsl;

/// <summary>
/// An <see cref="Init"/> resolved for one parameter: a distribution or a set of exact values in closed form.
/// Plans, verification and tests read these moments and bounds and no others.
/// </summary>
public abstract record Law
{
    private protected Law()
    {
    }

    /// <summary>The expected mean of the elements.</summary>
    public abstract double Mean { get; }

    /// <summary>The expected standard deviation of the elements.</summary>
    public abstract double Std { get; }

    /// <summary>No element is smaller, up to rounding to the parameter's dtype; −∞ when unbounded.</summary>
    public abstract double Min { get; }

    /// <summary>No element is larger, up to rounding to the parameter's dtype; +∞ when unbounded.</summary>
    public abstract double Max { get; }

    /// <summary>Whether values are drawn; false where they are known in advance.</summary>
    internal virtual bool IsRandom => true;

    /// <summary>The law of the values multiplied by a factor.</summary>
    /// <param name="factor">Any finite number.</param>
    public abstract Law Scale(double factor);
}
