namespace InitDsl;

/// <summary>What became of an initializer at one parameter: a law, or the reason why there is none.</summary>
internal readonly struct Resolution
{
    private Resolution(Law? law, Problem problem, FanCount? fans = null, AutoChoice? auto = null)
    {
        Law = law;
        Problem = problem;
        Fans = fans;
        Auto = auto;
    }

    internal Law? Law { get; }

    /// <summary>Meaningful only when <see cref="Law"/> is null.</summary>
    internal Problem Problem { get; }

    /// <summary>The fans that the law was computed from; null where it was not.</summary>
    internal FanCount? Fans { get; }

    /// <summary>What <c>Auto</c> chose; null where it was not asked.</summary>
    internal AutoChoice? Auto { get; }

    public static implicit operator Resolution(Law law) => new(law, default);

    public static implicit operator Resolution(Problem problem) => new(null, problem);

    internal Resolution From(FanCount fans) => new(Law, Problem, fans, Auto);

    internal Resolution By(AutoChoice choice) => new(Law, Problem, Fans, choice);

    /// <summary>The same with another law; a problem stays a problem.</summary>
    internal Resolution Then(Func<Law, Resolution> change)
    {
        if (Law is null)
        {
            return this;
        }

        Resolution changed = change(Law);
        return new(changed.Law, changed.Problem, Fans, Auto);
    }
}
