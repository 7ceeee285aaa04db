using System.Diagnostics;

namespace InitDsl;

/// <summary>Carries plans out.</summary>
public static class PlanExecution
{
    /// <summary>
    /// Writes every step's values into the model, in place, on all processors where that pays. Everything was
    /// decided at compile; here nothing is, and applying again writes the same bits.
    /// </summary>
    /// <param name="plan">A compiled plan.</param>
    /// <returns>What was done, with the moments found in the values.</returns>
    /// <exception cref="InitException">
    /// The model has changed since the plan was compiled, so that a parameter cannot be written any more. All such
    /// parameters are named, and nothing has been written. The same for a weight file that has changed since.
    /// </exception>
    /// <exception cref="ApplyFailedException">A parameter's memory could not be written; the exception tells what was
    /// written.</exception>
    public static Report Apply(this Plan plan) => Apply(plan, maxThreads: null, progress: null);

    /// <summary>
    /// <see cref="Apply(Plan)"/> on so many threads at most, the caller's among them. The bits do not depend on it.
    /// </summary>
    /// <param name="plan">A compiled plan.</param>
    /// <param name="maxThreads">1 keeps all work on the caller's thread.</param>
    /// <returns>What was done, with the moments found in the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="InitException">
    /// The model has changed since the plan was compiled, so that a parameter cannot be written any more. All such
    /// parameters are named, and nothing has been written.
    /// </exception>
    /// <exception cref="ApplyFailedException">A parameter's memory could not be written; the exception tells what was
    /// written.</exception>
    public static Report Apply(this Plan plan, int maxThreads) => Apply(plan, maxThreads, progress: null);

    /// <summary>
    /// <see cref="Apply(Plan)"/> with a bound on its threads, somebody to tell how far it is, and a way to stop it:
    /// <c>plan.Apply(progress: bar, cancellationToken: token)</c>. The bits depend on none of them.
    /// </summary>
    /// <param name="plan">A compiled plan.</param>
    /// <param name="maxThreads">How many threads write at most, the caller's among them: 1 keeps all work on the
    /// caller's. Without it, as many as there are processors.</param>
    /// <param name="progress">
    /// Told how far it is: at most every million values and some hundred times in all, in order, from any of the
    /// threads that write but one at a time, and last when everything is written. It is told nothing after the apply
    /// has returned or thrown, unless it passes reports on to another thread, as <see cref="Progress{T}"/> does.
    /// </param>
    /// <param name="cancellationToken">Stops the apply at the next chunk of 32,768 values (a matrix law at the next
    /// block of its matrix), with <see cref="RandomSource.Torch(long)"/> at the next parameter.</param>
    /// <returns>What was done, with the moments found in the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="InitException">
    /// The model has changed since the plan was compiled, so that a parameter cannot be written any more. All such
    /// parameters are named, and nothing has been written.
    /// </exception>
    /// <exception cref="ApplyCanceledException">It was cancelled before all was written; the exception tells what was.</exception>
    /// <exception cref="ApplyFailedException">A parameter's memory, or <paramref name="progress"/>, threw; the exception
    /// tells what was written.</exception>
    public static Report Apply(
        this Plan plan,
        int? maxThreads = null,
        IProgress<ApplyProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        int threads = maxThreads ?? Environment.ProcessorCount;
        Guard.AtLeast(threads, 1, nameof(maxThreads));
        long began = Stopwatch.GetTimestamp();
        using TorchGenerator? torch = plan.Source is RandomSource.TorchSource
            ? plan.Model.StartTorchGenerator(plan.Seed)
                ?? throw new NotSupportedException($"The backend of {plan.Model.Name} has no PyTorch generator any more.")
            : null;
        using ApplyWatch? watch = ApplyWatch.Start?.Invoke();
        var run = new ApplyRun(
            plan.Steps,
            "Applying the plan",
            "Apply it again: every value is written, the same as without the interruption.",
            [progress, watch],
            cancellationToken,
            watch?.CancellationToken ?? default);
        IReadOnlyList<ReportEntry> entries = Write(run, torch, threads);
        var report = new Report(plan, entries, Stopwatch.GetElapsedTime(began));
        watch?.Finished(plan, report);
        return report;
    }

    /// <summary>Writes some of a plan's steps, after checking that all of them can be written.</summary>
    /// <param name="run">The steps, in the order in which PyTorch's generator would draw them.</param>
    /// <param name="torch">PyTorch's generator, or null for the steps' own streams.</param>
    /// <param name="maxThreads">How many threads may write, the caller's among them.</param>
    internal static IReadOnlyList<ReportEntry> Write(ApplyRun run, TorchGenerator? torch, int maxThreads)
    {
        Check(run.Steps);
        using var files = new FileLeases(run.Steps);
        try
        {
            run.ThrowIfStopped();
            ReportEntry[] entries = torch is null
                ? StreamWrite.Write(run, maxThreads)
                : [.. run.Steps.Select((_, step) => Draw(run, step, torch))];
            run.Finish();
            return entries;
        }
        catch (Exception thrown)
        {
            throw run.Interruption(thrown);
        }
    }

    /// <summary>Finds steps that cannot be written any more.</summary>
    /// <exception cref="InitException">There are some: all are named.</exception>
    internal static void Check(IReadOnlyList<PlanStep> steps)
    {
        Diagnostic[] changed =
        [
            .. steps.Select(step => (step.Spec, Why: step.Store.WhyNotWritable()))
                .Where(found => found.Why is not null)
                .Select(found => Findings.NotWritable(found.Spec, found.Why!)),
        ];
        if (changed.Length > 0)
        {
            throw new InitException(changed);
        }
    }

    private static ReportEntry Draw(ApplyRun run, int index, TorchGenerator torch)
    {
        long began = Stopwatch.GetTimestamp();
        PlanStep step = run.Steps[index];
        run.Begin(index);
        run.Touch(index);
        torch.Draw(step.Store, step.Law);
        run.End(index);
        run.Count(index, step.Shape.Elements);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return new(step.Path, step.Rule, step.Law, Moments.Of(step.Store), elapsed);
    }
}
