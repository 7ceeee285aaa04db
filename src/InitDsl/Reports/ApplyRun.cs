namespace InitDsl;

/// <summary>
/// Some steps on their way into memory: how far they are, whom to tell, and whether to stop. Safe for all threads
/// that write.
/// </summary>
internal sealed class ApplyRun
{
    /// <summary>Values between two reports at least: a few milliseconds, in which nobody would read a report.</summary>
    internal const long LeastBetweenReports = 1 << 20;

    /// <summary>How many reports a long apply makes while it writes, and once more as many as large parameters begin.</summary>
    internal const int MostReports = 200;

    private readonly string name;
    private readonly string again;
    private readonly IProgress<ApplyProgress>[] progress;
    private readonly CancellationToken[] tokens;
    private readonly State[] states;
    private readonly long valuesInAll;
    private readonly long betweenReports;
    private readonly Lock reporting = new();
    private long valuesWritten;
    private long nextReport;
    private int parametersWritten;
    private volatile bool stopped;
    private Exception? progressFailure;

    /// <param name="steps">What is to be written.</param>
    /// <param name="name">What the run is called in messages: <c>Applying the plan</c>.</param>
    /// <param name="again">A sentence that says how to get the full values after an interruption.</param>
    /// <param name="progress">Whom to tell; nulls are nobody.</param>
    /// <param name="tokens">Any of them cancels.</param>
    internal ApplyRun(
        IReadOnlyList<PlanStep> steps,
        string name,
        string again,
        IEnumerable<IProgress<ApplyProgress>?> progress,
        params CancellationToken[] tokens)
    {
        Steps = steps;
        this.name = name;
        this.again = again;
        this.progress = [.. progress.OfType<IProgress<ApplyProgress>>()];
        this.tokens = tokens;
        states = new State[steps.Count];
        valuesInAll = steps.Sum(step => step.Shape.Elements);
        Bytes = steps.Sum(step => step.Shape.Elements * step.Spec.DType.Size());
        betweenReports = Math.Max(LeastBetweenReports, valuesInAll / MostReports);
        nextReport = betweenReports;
    }

    private enum State
    {
        Untouched,
        Begun,
        Written,
    }

    internal IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>The size of all that is to be written.</summary>
    internal long Bytes { get; }

    /// <summary>Makes all threads stop at their next chunk.</summary>
    internal void Stop() => stopped = true;

    /// <exception cref="ApplyStoppedException">The run is to stop, for whatever reason.</exception>
    internal void ThrowIfStopped()
    {
        if (stopped || IsCancelled())
        {
            stopped = true;
            throw new ApplyStoppedException();
        }
    }

    /// <summary>A parameter comes next; nothing of it has been touched.</summary>
    internal void Begin(int step)
    {
        ThrowIfStopped();
        if (Steps[step].Shape.Elements >= betweenReports)
        {
            // It may take seconds before its first value, as an orthogonal matrix does.
            Report(step);
            ThrowIfStopped();
        }
    }

    /// <summary>From now on the parameter's memory is no longer what it was.</summary>
    internal void Touch(int step)
    {
        if (states[step] != State.Written)
        {
            states[step] = State.Begun;
        }
    }

    /// <summary>The parameter's memory has all its values.</summary>
    internal void Complete(int step) => states[step] = State.Written;

    /// <summary>So many values more are written.</summary>
    internal void Count(int step, long values)
    {
        if (Interlocked.Add(ref valuesWritten, values) >= Volatile.Read(ref nextReport))
        {
            ReportDue(step);
        }
    }

    /// <summary>A parameter is written to its end.</summary>
    internal void End(int step)
    {
        states[step] = State.Written;
        Interlocked.Increment(ref parametersWritten);
    }

    /// <summary>Everything is written: the last report.</summary>
    internal void Finish()
    {
        Report(Steps.Count - 1);
        if (progressFailure is not null)
        {
            throw new ApplyStoppedException();
        }
    }

    /// <summary>What to throw after something has been thrown while writing.</summary>
    internal Exception Interruption(Exception thrown)
    {
        Exception? cause = (progressFailure, thrown) switch
        {
            (_, ApplyStoppedException) => progressFailure,
            (null, _) => thrown,
            _ => new AggregateException(progressFailure, thrown),
        };
        var written = new WrittenParameters(Paths(State.Written), Paths(State.Begun), Paths(State.Untouched));
        return cause is null or OperationCanceledException
            ? new ApplyCanceledException(Message("was cancelled", written), written, cause, Token(cause))
            : new ApplyFailedException(Message($"failed with {cause.GetType().Name}: {Findings.Sentence(cause)} It stopped", written), written, cause);
    }

    private bool IsCancelled()
    {
        foreach (CancellationToken token in tokens)
        {
            if (token.IsCancellationRequested)
            {
                return true;
            }
        }

        return false;
    }

    private CancellationToken Token(Exception? cause) => cause is OperationCanceledException cancelled
        ? cancelled.CancellationToken
        : Array.Find(tokens, token => token.IsCancellationRequested);

    /// <summary>Tells where the run is, unless another thread has just done so or nobody waits for it any more.</summary>
    private void ReportDue(int step)
    {
        lock (reporting)
        {
            if (Interlocked.Read(ref valuesWritten) >= nextReport && !stopped && !IsCancelled())
            {
                Report(step);
            }
        }
    }

    /// <summary>Tells where the run is. What a listener throws stops the run at the next chunk: the one that has just
    /// been written must be counted.</summary>
    private void Report(int step)
    {
        if (progress.Length == 0)
        {
            return;
        }

        lock (reporting)
        {
            if (progressFailure is not null)
            {
                return;
            }

            long values = Interlocked.Read(ref valuesWritten);
            Volatile.Write(ref nextReport, values + betweenReports);
            var report = new ApplyProgress(
                step < 0 ? "" : Steps[step].Path, values, valuesInAll, Volatile.Read(ref parametersWritten), Steps.Count);
            try
            {
                foreach (IProgress<ApplyProgress> listener in progress)
                {
                    listener.Report(report);
                }
            }
#pragma warning disable CA1031 // Kept, and thrown as the cause once every thread has stopped.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                progressFailure = failure;
                Stop();
            }
        }
    }

    private string[] Paths(State state) =>
        [.. Steps.Where((_, step) => states[step] == state).Select(step => step.Path)];

    private string Message(string what, WrittenParameters written)
    {
        string how = written switch
        {
            { NotAtAll.Count: 0, InPart.Count: 0 } => "after everything had been written",
            { Whole.Count: 0, InPart.Count: 0 } => "before anything was written",
            _ => $"after {Numbers.Count(written.Whole.Count)} of {Parameters(states.Length)}",
        };
        return string.Join(Environment.NewLine, $"{name} {what} {how}. {again}", written.ToString());
    }

    private static string Parameters(int count) => $"{Numbers.Count(count)} {(count == 1 ? "parameter" : "parameters")}";
}

/// <summary>Unwinds a thread that stops because another one failed, or because the run was cancelled.</summary>
internal sealed class ApplyStoppedException : Exception;
