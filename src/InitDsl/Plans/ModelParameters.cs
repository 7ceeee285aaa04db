namespace InitDsl;

/// <summary>What a backend found in a model: all its parameters, once each, in the order of the modules.</summary>
public abstract class ModelParameters
{
    /// <summary>The model's name for people, as its CLR type's.</summary>
    public abstract string Name { get; }

    /// <summary>The parameters, tied ones once, modules in pre-order.</summary>
    public abstract IReadOnlyList<ParameterStore> Stores { get; }

    /// <summary>
    /// Types of modules that rules read from text may name beside those of the model: the backend's own, and those that
    /// the program around the model has. A name that is none of them is an error.
    /// </summary>
    public virtual IEnumerable<Type> KnownModuleTypes => [];

    /// <summary>
    /// What is saved with the parameters and is none, as running statistics, in the role
    /// <see cref="ParamRole.Buffer"/>; asked for only where a rule takes values from a file.
    /// </summary>
    public virtual IReadOnlyList<ParameterStore> Buffers => [];

    /// <summary>What the backend itself has to say: modules whose parameters have vanished, and the like.</summary>
    public virtual IReadOnlyList<Diagnostic> Diagnostics => [];

    /// <summary>How modules of the user's come to show their parameters, for those that show none.</summary>
    internal virtual string ShowsParameters => "the backend must list those that it is to initialise";

    /// <summary>Reads a tensor of the backend's, given to <c>Values</c>, as doubles in row-major order.</summary>
    /// <param name="source">The object given to <c>Values</c>.</param>
    /// <returns>Shape and values; null when the object is not the backend's.</returns>
    /// <exception cref="ArgumentException">It is the backend's and cannot be read; the message says why.</exception>
    public virtual (Shape Shape, double[] Values)? ReadValues(object source) => null;

    /// <summary>Starts PyTorch's own generator at a seed, for <see cref="RandomSource.Torch(long)"/>.</summary>
    /// <param name="seed">The seed, as for <c>torch.manual_seed</c>.</param>
    /// <returns>The generator; null when the backend has none.</returns>
    public virtual TorchGenerator? StartTorchGenerator(long seed) => null;
}
