namespace InitDsl;

/// <summary>One step of a run, as the code that writes its chunks sees it.</summary>
/// <param name="run">The run.</param>
/// <param name="step">The step's place in it.</param>
/// <param name="writesThrough">Whether what is written is the parameter's own memory at once.</param>
internal sealed class StepRun(ApplyRun run, int step, bool writesThrough) : FillWatch
{
    private long values;
    private long prepared;
    private long written;

    internal ApplyRun Run => run;

    /// <summary>Some of the step's memory comes next.</summary>
    /// <exception cref="ApplyStoppedException">The run is to stop.</exception>
    internal void BeforeRun(long elements)
    {
        run.ThrowIfStopped();
        (values, prepared, written) = (elements, 0, 0);
    }

    /// <exception cref="ApplyStoppedException">The run is to stop.</exception>
    internal override void Touch() => BeforeChunk();

    /// <summary>Values whose making is as much work as the share that is done count as written.</summary>
    /// <exception cref="ApplyStoppedException">The run is to stop.</exception>
    internal override void Advance(double share)
    {
        long before = prepared;
        prepared = (long)(share * values);
        run.Count(step, prepared - before);
        run.ThrowIfStopped();
    }

    /// <summary>The parameter has all its values, though nobody has looked at them yet.</summary>
    /// <exception cref="ApplyStoppedException">The run is to stop.</exception>
    internal void Complete()
    {
        if (writesThrough)
        {
            run.Complete(step);
        }

        Advance(1);
    }

    /// <exception cref="ApplyStoppedException">The run is to stop.</exception>
    internal void BeforeChunk()
    {
        run.ThrowIfStopped();
        if (writesThrough)
        {
            run.Touch(step);
        }
    }

    internal void AfterChunk(int elements)
    {
        long after = Interlocked.Add(ref written, elements);
        run.Count(step, NotPrepared(after) - NotPrepared(after - elements));
    }

    /// <summary>The store gets its run back, and may copy it into the parameter.</summary>
    internal void AfterRun() => run.Touch(step);

    /// <summary>So many values written, less those that had been counted before.</summary>
    private long NotPrepared(long elements) =>
        prepared == 0 ? elements : (long)((Int128)elements * (values - prepared) / values);
}
