using System.Diagnostics;

namespace InitDsl;

/// <summary>Carries plans out.</summary>
public static class PlanExecution
{
    /// <summary>
    /// Writes every step's values into the model, in place. Everything was decided at compile; here nothing is,
    /// and applying again writes the same bits.
    /// </summary>
    /// <param name="plan">A compiled plan.</param>
    /// <returns>What was done, with the moments found in the values.</returns>
    /// <exception cref="InitException">
    /// The model has changed since the plan was compiled, so that a parameter cannot be written any more. All such
    /// parameters are named, and nothing has been written.
    /// </exception>
    public static Report Apply(this Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long began = Stopwatch.GetTimestamp();
        using TorchGenerator? torch = plan.Source is RandomSource.TorchSource
            ? plan.Model.StartTorchGenerator(plan.Seed)
                ?? throw new NotSupportedException($"The backend of {plan.Model.Name} has no PyTorch generator any more.")
            : null;
        IReadOnlyList<ReportEntry> entries = Write(plan.Steps, torch);
        return new(plan, entries, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Writes some of a plan's steps, after checking that all of them can be written.</summary>
    /// <param name="steps">The steps, in the order in which PyTorch's generator would draw them.</param>
    /// <param name="torch">PyTorch's generator, or null for the steps' own streams.</param>
    internal static IReadOnlyList<ReportEntry> Write(IReadOnlyList<PlanStep> steps, TorchGenerator? torch)
    {
        Diagnostic[] changed =
        [
            .. steps.Select(step => (step.Spec, Why: step.Store.WhyNotWritable()))
                .Where(found => found.Why is not null)
                .Select(found => Findings.NotWritable(found.Spec, found.Why!)),
        ];
        return changed.Length == 0 ? [.. steps.Select(step => Write(step, torch))] : throw new InitException(changed);
    }

    private static ReportEntry Write(PlanStep step, TorchGenerator? torch)
    {
        long began = Stopwatch.GetTimestamp();
        if (torch is not null)
        {
            torch.Draw(step.Store, step.Law);
        }
        else
        {
            Filler filler = Filler.Of(step);
            step.Store.Write((start, run) => ElementCodec.Write(filler, step.Spec.DType, start, run));
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return new(step.Path, step.Rule, step.Law, Moments.Of(step.Store), elapsed);
    }
}
