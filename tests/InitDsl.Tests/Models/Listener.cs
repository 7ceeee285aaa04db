namespace InitDsl.Tests;

/// <summary>Keeps what it is told, on the thread that tells it.</summary>
internal sealed class Listener(Action<ApplyProgress>? then = null) : IProgress<ApplyProgress>
{
    internal List<ApplyProgress> Heard { get; } = [];

    public void Report(ApplyProgress value)
    {
        Heard.Add(value);
        then?.Invoke(value);
    }
}
