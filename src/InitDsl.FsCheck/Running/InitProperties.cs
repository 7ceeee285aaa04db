namespace InitDsl;

/// <summary>The properties that initial values can be asked for.</summary>
[Flags]
public enum InitProperties
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>
    /// Every value is finite, within its law's bounds, and the very one where the law says which: constants, masks,
    /// counts of zeros, orthonormal rows or columns.
    /// </summary>
    Bounds = 1,

    /// <summary>Mean and variance are the law's.</summary>
    Moments = 2,

    /// <summary>
    /// The distribution is the law's: Kolmogorov and Smirnov's distance; for discrete laws and mixtures the likelihood
    /// ratio of counts in cells (the chi-square test of counts) too.
    /// </summary>
    Distribution = 4,

    /// <summary>The same seed gives the same values, another seed others.</summary>
    Determinism = 8,

    /// <summary>
    /// The values do not depend on the order of layers, chunks and neighbours, or on the place in memory, and nothing
    /// beside them is written.
    /// </summary>
    Order = 16,

    /// <summary>No two parameters start alike, or correlated.</summary>
    Streams = 32,

    /// <summary>No two units of a layer start alike.</summary>
    Symmetry = 64,

    /// <summary>
    /// Through layers the mean square stays within a factor, forward of the values and backward of the gradients, as far as the
    /// rules promise it (<see cref="VarianceDirection"/>). Asked where <see cref="InitLawOptions.Activation"/> (of an
    /// initializer or a fill) or <see cref="InitLawOptions.Input"/> (of a model) says through what.
    /// </summary>
    Variance = 128,

    /// <summary>Writing again gives the same values, whatever the memory held before.</summary>
    Idempotence = 256,

    /// <summary>Rule sets are a monoid: grouping and empty sets change no value, and the last match wins.</summary>
    Monoid = 512,

    /// <summary>All of them.</summary>
    All = 1023,
}
