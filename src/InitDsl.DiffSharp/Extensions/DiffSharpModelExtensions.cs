using DiffSharp.Model;

namespace InitDsl;

/// <summary>Rules for DiffSharp models: <c>rules.Compile(model)</c> and <c>model.Initialize(rules)</c>.</summary>
public static class DiffSharpModelExtensions
{
    /// <summary>Decides what the rules do to a model. Checks everything, touches nothing.</summary>
    /// <param name="rules">The rules; the last one that matches a parameter wins.</param>
    /// <param name="model">Any DiffSharp model, with all models in it.</param>
    /// <param name="seed">
    /// The seed of the parameters' streams (<see cref="RandomSource.Philox(long)"/>). Without one it is drawn from
    /// DiffSharp's own generator, so that <c>dsharp.seed</c> governs; the plan and the report tell it.
    /// </param>
    /// <exception cref="InitException">Something cannot be right: every error at once.</exception>
    public static Plan Compile(this RuleSet rules, ModelBase model, long? seed = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(model);
        return rules.Compile(model, RandomSource.Philox(seed ?? SeedFromDiffSharp.Draw()));
    }

    /// <summary>Decides what the rules do to a model. Checks everything, touches nothing.</summary>
    /// <param name="rules">The rules; the last one that matches a parameter wins.</param>
    /// <param name="model">Any DiffSharp model, with all models in it.</param>
    /// <param name="source">Where the random numbers come from: <see cref="RandomSource.Philox(long)"/>.</param>
    /// <exception cref="InitException">Something cannot be right: every error at once.</exception>
    /// <exception cref="NotSupportedException">DiffSharp has no PyTorch generator for <see cref="RandomSource.Torch(long)"/>.</exception>
    public static Plan Compile(this RuleSet rules, ModelBase model, RandomSource source)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        return PlanCompiler.Compile(rules, new DiffSharpModel(model), source);
    }

    /// <summary>Compiles the rules for this model and applies the plan: gives its parameters new values.</summary>
    /// <param name="model">Any DiffSharp model, with all models in it.</param>
    /// <param name="rules">The rules; the last one that matches a parameter wins.</param>
    /// <param name="seed">The seed; without one it is drawn from DiffSharp's own generator.</param>
    /// <returns>What was done; its <see cref="Report.Seed"/> gives the same values again.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once, and nothing was changed.</exception>
    public static Report Initialize(this ModelBase model, RuleSet rules, long? seed = null) =>
        rules.Compile(model, seed).Apply();

    /// <summary>Compiles the rules for this model and applies the plan: gives its parameters new values.</summary>
    /// <param name="model">Any DiffSharp model, with all models in it.</param>
    /// <param name="rules">The rules; the last one that matches a parameter wins.</param>
    /// <param name="source">Where the random numbers come from.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once, and nothing was changed.</exception>
    public static Report Initialize(this ModelBase model, RuleSet rules, RandomSource source) =>
        rules.Compile(model, source).Apply();

    /// <summary>
    /// Compiles the rules for this model and applies the plan, with somebody to tell how far it is and a way to stop it:
    /// see <see cref="PlanExecution.Apply(Plan, int?, IProgress{ApplyProgress}?, CancellationToken)"/>.
    /// </summary>
    /// <param name="model">Any DiffSharp model, with all models in it.</param>
    /// <param name="rules">The rules; the last one that matches a parameter wins.</param>
    /// <param name="source">Where the random numbers come from.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops it at the next chunk of values.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once, and nothing was changed.</exception>
    /// <exception cref="ApplyCanceledException">It was cancelled before all was written; the exception tells what was.</exception>
    /// <exception cref="ApplyFailedException">A parameter's memory, or <paramref name="progress"/>, threw; the exception
    /// tells what was written.</exception>
    public static Report Initialize(
        this ModelBase model,
        RuleSet rules,
        RandomSource source,
        IProgress<ApplyProgress>? progress,
        CancellationToken cancellationToken) =>
        rules.Compile(model, source).Apply(progress: progress, cancellationToken: cancellationToken);
}
