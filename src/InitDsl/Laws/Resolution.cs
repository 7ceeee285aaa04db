namespace InitDsl;

/// <summary>What became of an initializer at one parameter: a law, or the reason why there is none.</summary>
internal readonly struct Resolution
{
    private Resolution(Law? law, Problem problem)
    {
        Law = law;
        Problem = problem;
    }

    internal Law? Law { get; }

    /// <summary>Meaningful only when <see cref="Law"/> is null.</summary>
    internal Problem Problem { get; }

    public static implicit operator Resolution(Law law) => new(law, default);

    public static implicit operator Resolution(Problem problem) => new(null, problem);
}
