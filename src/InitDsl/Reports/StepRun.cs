namespace InitDsl;

/// <summary>One step of a run, as the code that writes its chunks sees it.</summary>
/// <param name="run">The run.</param>
/// <param name="step">The step's place in it.</param>
/// <param name="writesThrough">Whether what is written is the parameter's own memory at once.</param>
internal readonly struct StepRun(ApplyRun run, int step, bool writesThrough)
{
    internal ApplyRun Run => run;

    /// <exception cref="ApplyStoppedException">The run is to stop.</exception>
    internal void BeforeChunk()
    {
        run.ThrowIfStopped();
        if (writesThrough)
        {
            run.Touch(step);
        }
    }

    internal void AfterChunk(int values) => run.Count(step, values);

    /// <summary>The store gets its run back, and may copy it into the parameter.</summary>
    internal void AfterRun() => run.Touch(step);
}
