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
    /// parameters are named, and nothing has been written.
    /// </exception>
    public static Report Apply(this Plan plan) => Apply(plan, Environment.ProcessorCount);

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
    public static Report Apply(this Plan plan, int maxThreads)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxThreads, 1);
        long began = Stopwatch.GetTimestamp();
        using TorchGenerator? torch = plan.Source is RandomSource.TorchSource
            ? plan.Model.StartTorchGenerator(plan.Seed)
                ?? throw new NotSupportedException($"The backend of {plan.Model.Name} has no PyTorch generator any more.")
            : null;
        IReadOnlyList<ReportEntry> entries = Write(plan.Steps, torch, maxThreads);
        return new(plan, entries, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Writes some of a plan's steps, after checking that all of them can be written.</summary>
    /// <param name="steps">The steps, in the order in which PyTorch's generator would draw them.</param>
    /// <param name="torch">PyTorch's generator, or null for the steps' own streams.</param>
    /// <param name="maxThreads">How many threads may write, the caller's among them.</param>
    internal static IReadOnlyList<ReportEntry> Write(IReadOnlyList<PlanStep> steps, TorchGenerator? torch, int maxThreads)
    {
        Check(steps);
        return torch is null ? StreamWrite.Write(steps, maxThreads) : [.. steps.Select(step => Draw(step, torch))];
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

    private static ReportEntry Draw(PlanStep step, TorchGenerator torch)
    {
        long began = Stopwatch.GetTimestamp();
        torch.Draw(step.Store, step.Law);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return new(step.Path, step.Rule, step.Law, Moments.Of(step.Store), elapsed);
    }
}
