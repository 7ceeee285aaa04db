namespace InitDsl;

/// <summary>Why an initializer cannot apply to a parameter, and what to write instead: two full sentences.</summary>
internal readonly record struct Problem(string What, string Instead);
