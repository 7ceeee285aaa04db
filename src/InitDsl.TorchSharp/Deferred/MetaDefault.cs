using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Torch's default device is META for as long as a factory runs, so that what it makes has shapes and no memory.
/// The device is one for the whole process, therefore one factory runs at a time: others wait.
/// </summary>
internal sealed class MetaDefault : IDisposable
{
    private static readonly Lock Gate = new();

    /// <summary>The build whose factory started the code that asks, on whatever thread it runs.</summary>
    private static readonly AsyncLocal<MetaDefault?> Around = new();

    private readonly Device before;
    private readonly MetaDefault? outer;
    private volatile bool running;

    private MetaDefault(Device? device, MetaDefault? outer)
    {
        this.outer = outer;
        before = get_default_device();
        Target = device ?? outer?.Target ?? before;
        running = true;
        Around.Value = this;
        set_default_device(META);
    }

    /// <summary>Where the parameters are to lie in the end: where the ordinary way would have put them.</summary>
    internal Device Target { get; }

    /// <summary>Whether a factory is running that started the code that asks.</summary>
    internal static bool IsRunning => Around.Value is { running: true };

    /// <exception cref="InvalidOperationException">
    /// The factory of another build started this one on another thread: the two would wait for each other.
    /// </exception>
    internal static MetaDefault Enter(Device? device)
    {
        MetaDefault? outer = Around.Value is { running: true } around ? around : null;
        if (outer is not null && !Gate.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException(
                "Deferred.Build was called on another thread by the factory of a Deferred.Build that is not done, and would "
                + "wait for itself. Call it on the factory's own thread, or make the module with new: it is deferred all the same.");
        }

        Gate.Enter();
        try
        {
            return new(device, outer);
        }
        catch
        {
            Gate.Exit();
            throw;
        }
    }

    /// <summary>Puts the default device back, whatever the factory has set it to.</summary>
    public void Dispose()
    {
        set_default_device(before);
        Around.Value = outer;
        running = false;
        Gate.Exit();
    }
}
