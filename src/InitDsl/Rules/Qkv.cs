namespace InitDsl;

/// <summary>The projections of an attention; several together with <c>|</c>.</summary>
[Flags]
public enum Qkv
{
    /// <summary>None of them; no rule takes it.</summary>
    None = 0,

    /// <summary>The queries.</summary>
    Q = 1,

    /// <summary>The keys.</summary>
    K = 2,

    /// <summary>The values.</summary>
    V = 4,
}
