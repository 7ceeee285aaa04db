using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The shapes of a narrow model of the same kind, for muP (Yang et al. 2022, "Tensor Programs V"): a dimension that has
/// another size in the model at hand is "infinite", a width; its multiplier is its size divided by the base's. The
/// counterpart of microsoft/mup, mup/infshape.py.
/// </summary>
public sealed class BaseWidths
{
    private static readonly SharedProblem WithoutFanIn = new(
        found => $"{Count(found)} without a fan-in, by whose width muP scales: {PathFold.Some(found)}.",
        "Give these a law that does not scale with width, by a rule after the preset.");

    private static readonly SharedProblem TooManyWidths = new(
        found => $"{Count(found)} with more than two dimensions that are wider than the base model's, for which muP is not defined: {PathFold.Some(found)}.",
        "Build the base model with the same kernel sizes, or give these a law of their own, by a rule after the preset.");

    private readonly Dictionary<string, ParamSpec> specs = [];
    private readonly SharedProblem missing;
    private readonly SharedProblem otherRank;

    private BaseWidths(nn.Module model)
    {
        var read = new TorchModel(model);
        foreach (ParameterStore store in read.Stores)
        {
            foreach (ParamSpec spec in store.Specs)
            {
                specs[spec.Path] = spec;
            }
        }

        string name = $"the base model ({read.Name})";
        missing = new(
            lacking => $"{name} lacks {Count(lacking)} of this model: {PathFold.Some(lacking)}. "
                + (specs.Count == 0 ? "It shows none at all." : $"It has {PathFold.Some([.. specs.Values])}."),
            "Build the base model by the same code with smaller widths, so that its modules have the same names.");
        otherRank = new(
            differing => $"{name} has another number of dimensions in {Count(differing)} of this model: {PathFold.Some(differing)}.",
            "Build the base model by the same code with smaller widths, so that its layers are of the same kinds.");
    }

    /// <summary>Reads the shapes of a base model; its values do not matter, and it may be deferred.</summary>
    /// <param name="baseModel">The same network with base widths; parameters have the same paths.</param>
    /// <exception cref="InitException">The modules are no tree.</exception>
    public static BaseWidths Of(nn.Module baseModel)
    {
        ArgumentNullException.ThrowIfNull(baseModel);
        return new(baseModel);
    }

    /// <summary>How many dimensions of the parameter are widths: mup's <c>ninf()</c>.</summary>
    /// <param name="parameter">A parameter of the model at hand.</param>
    /// <exception cref="InvalidOperationException">The base model has no such parameter, or of another rank.</exception>
    public int InfiniteDimensions(ParamSpec parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Shape known = Find(parameter).Shape;
        return Enumerable.Range(0, known.Rank).Count(axis => known[axis] != parameter.Shape[axis]);
    }

    /// <summary>
    /// The multiplier of the parameter's last infinite dimension, for a matrix of two its fan-in; 1 where there is none:
    /// mup's <c>width_mult()</c>.
    /// </summary>
    /// <param name="parameter">A parameter of the model at hand.</param>
    /// <exception cref="InvalidOperationException">The base model has no such parameter, or of another rank.</exception>
    public double Multiplier(ParamSpec parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Shape known = Find(parameter).Shape;
        for (int axis = known.Rank - 1; axis >= 0; axis--)
        {
            if (known[axis] != parameter.Shape[axis])
            {
                return (double)parameter.Shape[axis] / known[axis];
            }
        }

        return 1;
    }

    /// <summary>The multiplier of the fan-in of the layer that the parameter, a weight or a bias, belongs to.</summary>
    /// <param name="parameter">A parameter of the model at hand.</param>
    /// <exception cref="InvalidOperationException">
    /// The base model has no such parameter, or the layer has no fan-in.
    /// </exception>
    public double FanInMultiplier(ParamSpec parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return (parameter.TorchFans, Find(parameter).TorchFans) is ({ } fans, { In: > 0 } known)
            ? fans.In / known.In
            : throw new ParameterMismatchException($"{parameter} has no fan-in.", WithoutFanIn);
    }

    /// <summary>Whether the layer that a weight belongs to goes from a width to a fixed number: an output layer.</summary>
    /// <param name="weight">A weight of the model at hand.</param>
    /// <exception cref="InvalidOperationException">The base model has no such parameter, or of another rank.</exception>
    public bool IsReadout(ParamSpec weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Shape known = Find(weight).Shape;
        return known.Rank >= 2 && known[0] == weight.Shape[0] && known[1] != weight.Shape[1];
    }

    /// <summary>
    /// An initializer whose standard deviation does not depend on fans, made to scale with width: times √(1/multiplier)
    /// for matrices of two infinite dimensions, unchanged for others. microsoft/mup, mup/init.py, <c>normal_</c>,
    /// <c>uniform_</c> and <c>trunc_normal_</c>.
    /// </summary>
    /// <param name="init">The law for the base widths, of mean 0, as <c>Normal(std: 0.02)</c>.</param>
    public Init FixedStd(Init init)
    {
        ArgumentNullException.ThrowIfNull(init);
        return Dsl.From(p => InfiniteDimensions(p) switch
        {
            < 2 => init,
            2 => init.Scale(1 / Math.Sqrt(Multiplier(p))),
            int more => throw new ParameterMismatchException($"muP is defined for two infinite dimensions at most, and {p} has {more}.", TooManyWidths),
        });
    }

    /// <summary>Asks nothing of a parameter but that the base model has it.</summary>
    /// <exception cref="InvalidOperationException">The base model has no such parameter, or of another rank.</exception>
    internal void Require(ParamSpec parameter) => Find(parameter);

    private static string Count(IReadOnlyList<ParamSpec> parameters) =>
        $"{Numbers.Count(parameters.Count)} {(parameters.Count == 1 ? "parameter" : "parameters")}";

    private ParamSpec Find(ParamSpec parameter) =>
        !specs.TryGetValue(parameter.Path, out ParamSpec? known)
            ? throw new ParameterMismatchException($"the base model has no parameter {parameter.Path}.", missing)
            : known.Shape.Rank != parameter.Shape.Rank
                ? throw new ParameterMismatchException($"{parameter.Path} is {known.Shape} in the base model: of another rank.", otherRank)
                : known;
}
