namespace InitDsl;

/// <summary>
/// What the host of a script adds to an apply that the script makes: somebody who shows how far it is, and somebody
/// who may cancel it. Disposed before the apply returns or throws.
/// </summary>
internal abstract class ApplyWatch : IProgress<ApplyProgress>, IDisposable
{
    /// <summary>Makes the watch of each apply in this process; null where no host has set it, as in every program
    /// but the tool.</summary>
    internal static Func<ApplyWatch>? Start { get; set; }

    internal abstract CancellationToken CancellationToken { get; }

    public abstract void Report(ApplyProgress value);

    /// <summary>Told when everything is written.</summary>
    internal virtual void Finished(Plan plan, Report report)
    {
    }

    public abstract void Dispose();
}
