namespace InitDsl;

/// <summary>Why an initializer cannot apply to a parameter, and what to write instead: two full sentences.</summary>
internal readonly record struct Problem(string What, string Instead)
{
    /// <summary>Whether a function of the user's failed, and no law.</summary>
    internal bool OfFunction { get; init; }

    /// <summary>What many parameters have alike, to be said once of all of them; null for a problem of this one's own.</summary>
    internal SharedProblem? Shared { get; init; }
}
