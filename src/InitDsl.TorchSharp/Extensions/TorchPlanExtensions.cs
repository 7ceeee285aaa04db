using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Plans as visitors of modules: <c>model.apply(plan.Visitor())</c>.</summary>
public static class TorchPlanExtensions
{
    /// <summary>
    /// The plan as an action for <c>Module.apply</c>: it writes the parameters of the module it is given. A whole
    /// <c>apply</c> does what <see cref="PlanExecution.Apply(Plan)"/> does, and visiting a module again writes the same
    /// values again. With <see cref="RandomSource.Torch(long)"/> parameters are drawn in the order of the visits, as
    /// PyTorch's <c>model.apply(fn)</c> does it, each at its first visit only: take a new visitor for another pass.
    /// </summary>
    /// <param name="plan">A plan compiled for a TorchSharp module.</param>
    /// <returns>
    /// The visitor. It throws <see cref="ArgumentException"/> for a module with parameters that the plan does not
    /// know, and <see cref="InitException"/> when a parameter cannot be written any more.
    /// </returns>
    /// <exception cref="ArgumentException">The plan was compiled for something else than a TorchSharp module.</exception>
    public static Action<nn.Module> Visitor(this Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new PlanVisitor(plan).Visit;
    }
}
