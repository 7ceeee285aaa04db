using System.Runtime.InteropServices;

namespace InitDsl.Tool;

/// <summary>
/// Ctrl+C. While a plan is applied it cancels that, and the script gets an exception that says what was written. Where
/// none is, or when it is pressed again, it ends the process as it always does.
/// </summary>
internal static class Interrupts
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<CancellationTokenSource> Applies = [];
    private static PosixSignalRegistration? registration;
    private static bool happened;

    internal static void Listen() => registration ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, Answer);

    /// <summary>From now on Ctrl+C cancels this apply too.</summary>
    internal static CancellationTokenSource Begin()
    {
        var source = new CancellationTokenSource();
        lock (Gate)
        {
            Applies.Add(source);
        }

        return source;
    }

    internal static void End(CancellationTokenSource source)
    {
        lock (Gate)
        {
            Applies.Remove(source);
        }

        source.Dispose();
    }

    /// <summary>Whether a script ended with this exception because Ctrl+C cancelled an apply.</summary>
    internal static bool Caused(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is ApplyCanceledException)
            {
                return Volatile.Read(ref happened);
            }
        }

        return false;
    }

    private static void Answer(PosixSignalContext context)
    {
        lock (Gate)
        {
            foreach (CancellationTokenSource apply in Applies.Where(apply => !apply.IsCancellationRequested))
            {
                context.Cancel = true;
                Volatile.Write(ref happened, true);
                apply.Cancel();
            }
        }

        if (!context.Cancel)
        {
            ApplyBar.RestoreTerminal();
        }
    }
}
