using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Finds the steps of a plan that belong to a module, and writes them.</summary>
internal sealed class PlanVisitor
{
    /// <summary>By the objects that the modules hold; null for those that the plan leaves alone.</summary>
    private readonly Dictionary<Tensor, PlanStep?> steps = new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<PlanStep> drawn = [];
    private bool begun;
    private readonly string model;

    /// <summary>Lives as long as the visitor, which nobody disposes of: its finalizer frees it.</summary>
    private readonly TorchGenerator? torch;

    internal PlanVisitor(Plan plan)
    {
        if (plan.Model is not TorchModel)
        {
            throw new ArgumentException($"The plan was compiled for a {plan.Model.Name}, not for a TorchSharp module.", nameof(plan));
        }

        model = plan.Model.Name;
        foreach (TorchParameterStore store in plan.Model.Stores.Cast<TorchParameterStore>())
        {
            Register(store, null);
        }

        foreach (PlanStep step in plan.Steps)
        {
            Register((TorchParameterStore)step.Store, step);
        }

        torch = plan.Source is RandomSource.TorchSource ? plan.Model.StartTorchGenerator(plan.Seed) : null;
    }

    /// <summary>
    /// Writes the parameters of a module, and of those modules in it that <c>apply</c> does not reach by itself: the
    /// items of a bare ModuleList, what a class derived from Sequential registers beside its sequence.
    /// </summary>
    internal void Visit(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!begun)
        {
            // All or nothing: what cannot be written is found before the first module is.
            PlanExecution.Check([.. steps.Values.OfType<PlanStep>().Distinct()]);
            begun = true;
        }

        var reached = new HashSet<nn.Module>(module.children(), ReferenceEqualityComparer.Instance);
        foreach ((string _, nn.Module child) in ChildModules.Of(module).Where(child => !reached.Contains(child.Module)))
        {
            child.apply(Visit);
        }

        WriteOwn(module);
    }

    private void WriteOwn(nn.Module module)
    {
        var own = new List<PlanStep>();
        foreach ((string name, Parameter tensor) in OwnParameters.Of(module))
        {
            if (!steps.TryGetValue(tensor, out PlanStep? step))
            {
                throw new ArgumentException(
                    $"{name} of {Code.TypeName(module.GetType())} is not in the plan, which was compiled for a {model}. "
                    + "Compile a plan for the model that is visited, as it is now.",
                    nameof(module));
            }

            // PyTorch's generator cannot go back: what has been drawn stays.
            if (step is not null && !own.Contains(step) && (torch is null || !drawn.Contains(step)))
            {
                own.Add(step);
            }
        }

        // A buffer is in the plan only where a file has values for it.
        own.AddRange(OwnBuffers.Persistent(module)
            .Select(buffer => steps.GetValueOrDefault(buffer.Tensor))
            .OfType<PlanStep>()
            .Where(step => torch is null || !drawn.Contains(step)));
        Write(module, own);
        drawn.UnionWith(own);
    }

    private void Write(nn.Module module, IReadOnlyList<PlanStep> own)
    {
        string type = Code.TypeName(module.GetType());
        string again = torch is null
            ? "Visit it again: every value is written, the same as without the interruption."
            : "PyTorch's generator cannot go back: visit the whole model with a new visitor.";
        PlanExecution.Write(new ApplyRun(own, $"Writing the parameters of this {type}", again, []), torch, Environment.ProcessorCount);
    }

    private void Register(TorchParameterStore store, PlanStep? step)
    {
        foreach (ParameterSite site in store.Sites)
        {
            steps[site.Tensor] = step;
        }
    }
}
