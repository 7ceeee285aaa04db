using DiffSharp.Model;

namespace InitDsl;

/// <summary>A DiffSharp model with all its parameters. Buffers, as running statistics, are not among them.</summary>
internal sealed class DiffSharpModel : ModelParameters
{
    /// <exception cref="InitException">The models are no tree, since one contains itself, or two parameters have one path.</exception>
    internal DiffSharpModel(ModelBase root)
    {
        Name = Code.TypeName(root.GetType());
        var order = new List<Parameter>();
        var sites = new Dictionary<Parameter, List<ParameterSite>>(ReferenceEqualityComparer.Instance);
        var paths = new Dictionary<string, ParameterSite>(StringComparer.Ordinal);
        var alike = new List<Diagnostic>();
        foreach (ParameterSite site in ModelWalk.From(root).SelectMany(SitesOf))
        {
            if (!paths.TryAdd(site.Path, site))
            {
                alike.Add(Findings.ModuleGraph(site.Place.Path, Code.TypeName(site.Place.Model.GetType()), Alike(site, paths[site.Path])));
            }

            if (!sites.TryGetValue(site.Parameter, out List<ParameterSite>? known))
            {
                order.Add(site.Parameter);
                sites[site.Parameter] = known = [];
            }

            known.Add(site);
        }

        if (alike.Count > 0)
        {
            throw new InitException([.. alike]);
        }

        Stores = [.. order.Select(parameter => Store(parameter, sites[parameter]))];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterStore> Stores { get; }

    internal override string ShowsParameters => "a model of your own shows them after addParameter and addModel";

    /// <inheritdoc/>
    public override (Shape Shape, double[] Values)? ReadValues(object source) => TensorValues.Read(source);

    private static IEnumerable<ParameterSite> SitesOf(ModelPlace place)
    {
        IReadOnlyList<(string Name, Parameter Parameter)> own = OwnParameters.Of(place.Model);
        ILookup<string, Shape> shapes = own.ToLookup(entry => entry.Name, entry => TensorValues.ShapeOf(entry.Parameter.value));
        foreach ((string name, Parameter parameter) in own)
        {
            Shape shape = TensorValues.ShapeOf(parameter.value);
            Shape? weight = ParameterName.RoleOf(name) != ParamRole.Bias || shape.Rank >= 2
                ? shape
                : ParameterName.WeightsFor(name).SelectMany(found => shapes[found]).FirstOrDefault();
            yield return new(place, name, parameter, weight);
        }
    }

    private static string Alike(ParameterSite site, ParameterSite other) =>
        $"a parameter of it is called {Code.Quote(site.Path)}, and so is another one of {Code.TypeName(other.Place.Model.GetType())}. Models without a "
        + "name are called by their index, those in a recurrent layer as PyTorch's parameters. Give each model and parameter a name that makes another path: "
        + "addModel(model, \"name\"), addParameter(parameter, \"name\").";

    /// <summary>What lies transposed, or stacks gates, for one of the models that share it does so for all of them.</summary>
    private static DiffSharpParameterStore Store(Parameter parameter, List<ParameterSite> sites)
    {
        Layer[] layers = [.. sites.Select(site => Layer.Of(site.Place.Model))];
        bool transposed = parameter.value.dim == 2 && Array.Exists(layers, layer => layer.Transposed);
        long rows = parameter.value.dim == 0 ? 0 : parameter.value.shape[^1];
        IReadOnlyList<Gate> gates = layers.Select(layer => layer.StoredGates)
            .FirstOrDefault(gates => gates.Count > 0 && parameter.value.dim is (1 or 2) && rows % gates.Count == 0, []);
        ParamSpec[] specs = [.. sites.Select(site => ParameterDescription.Of(site, transposed, gates))];
        return new(specs[0], specs[1..], parameter);
    }
}
