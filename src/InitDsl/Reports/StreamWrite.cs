using System.Diagnostics;

namespace InitDsl;

/// <summary>
/// Writes steps from their streams. Large parameters are cut over the threads, small ones shared out whole, and
/// what is too little to be worth a second thread stays on the caller's. Values and moments do not depend on the
/// number of threads: a parameter is always cut into the same chunks, and their moments joined in order.
/// </summary>
internal static class StreamWrite
{
    /// <summary>Below so many elements, starting threads takes longer than filling.</summary>
    internal const int WorthThreads = 1 << 16;

    internal static ReportEntry[] Write(ApplyRun run, int maxThreads)
    {
        IReadOnlyList<PlanStep> steps = run.Steps;
        var entries = new ReportEntry[steps.Count];
        int[] small = [.. Enumerable.Range(0, steps.Count).Where(i => IsSmall(steps[i]))];
        bool shared = maxThreads > 1 && small.Sum(i => steps[i].Spec.Shape.Elements) >= WorthThreads;
        if (shared)
        {
            foreach (int i in small.Where(i => steps[i].Store.TakesMemoryForOthers))
            {
                run.Touch(i);
                steps[i].Store.TakeMemory();
            }

            ApplyWorkers.Run(run, small.Length, maxThreads, i => entries[small[i]] = Write(run, small[i], 1));
        }

        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] ??= Write(run, i, maxThreads);
        }

        return entries;
    }

    private static bool IsSmall(PlanStep step) =>
        step.Spec.Shape.Elements < WorthThreads && step.Store.WritableOnAnyThread;

    private static ReportEntry Write(ApplyRun run, int index, int maxThreads)
    {
        long began = Stopwatch.GetTimestamp();
        run.Begin(index);
        PlanStep step = run.Steps[index];
        if (!step.Store.HasMemory)
        {
            run.Touch(index);
        }

        var part = new StepRun(run, index, step.Store.WritesThrough);
        Filler filler = Filler.Of(step);
        DType dtype = step.Spec.DType;
        var moments = new ParameterMoments(dtype);
        step.Store.WriteFor(step.Law, (start, memory) =>
        {
            RunWrite.Write(filler, dtype, start, memory, maxThreads, moments, part);
            part.AfterRun();
        });
        run.End(index);
        return new(step.Path, step.Rule, step.Law, moments.Moments, Stopwatch.GetElapsedTime(began));
    }
}
