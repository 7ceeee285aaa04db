using System.Runtime.ExceptionServices;

namespace InitDsl;

/// <summary>Independent pieces of work, over some threads.</summary>
internal static class Workers
{
    /// <summary>Runs the pieces 0 … count − 1, the caller's thread taking part, and waits for all that were begun.</summary>
    /// <exception cref="AggregateException">Several pieces failed, each in its own way. One failure alone comes as it
    /// is.</exception>
    internal static void Run(int count, int maxThreads, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = maxThreads }, work);
        }
        catch (AggregateException several) when (several.InnerExceptions.Count == 1)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
