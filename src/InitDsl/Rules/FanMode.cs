namespace InitDsl;

/// <summary>Which count a scaled law divides by.</summary>
public enum FanMode
{
    /// <summary>How many inputs feed one output.</summary>
    FanIn,

    /// <summary>How many outputs one input feeds.</summary>
    FanOut,

    /// <summary>The average of both.</summary>
    FanAverage,
}

/// <summary>The distribution of a scaled law.</summary>
public enum Distribution
{
    /// <summary>
    /// Normal, not truncated. Of complex numbers both parts are, with half the variance each: a Rayleigh modulus and a
    /// uniform phase, as in Trabelsi et al. 2018, "Deep Complex Networks".
    /// </summary>
    Normal,

    /// <summary>
    /// Normal truncated at two of its own standard deviations, and widened by 1/0.87962566103423978 so that what
    /// remains has the standard deviation asked for, as in JAX and Keras. Of complex numbers the modulus is truncated, at two
    /// deviations too (<see cref="TruncatedComplexLaw"/>).
    /// </summary>
    TruncatedNormal,

    /// <summary>Uniform on ±√3 standard deviations; of complex numbers, on a disk of √2, as in JAX.</summary>
    Uniform,
}
