using System.Runtime.ExceptionServices;

namespace InitDsl;

/// <summary>Independent pieces of an apply, over some threads.</summary>
internal static class ApplyWorkers
{
    /// <summary>
    /// Runs the pieces 0 … count − 1, the caller's thread taking part, and waits for all that were begun. A piece
    /// that fails stops the run, so that the others end at their next chunk.
    /// </summary>
    /// <exception cref="AggregateException">Several pieces failed, each in its own way. One failure alone comes as it
    /// is.</exception>
    /// <exception cref="ApplyStoppedException">The run was stopped, and no piece failed.</exception>
    internal static void Run(ApplyRun run, int count, int maxThreads, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = maxThreads }, piece =>
            {
                try
                {
                    work(piece);
                }
                catch
                {
                    run.Stop();
                    throw;
                }
            });
        }
        catch (AggregateException several)
        {
            Exception[] failures = [.. several.InnerExceptions.Where(failure => failure is not ApplyStoppedException)];
            if (failures.Length > 1)
            {
                throw new AggregateException(failures);
            }

            ExceptionDispatchInfo.Throw(failures.FirstOrDefault() ?? several.InnerExceptions[0]);
        }
    }
}
