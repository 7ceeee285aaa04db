using DiffSharp.Model;

namespace InitDsl;

/// <summary>A DiffSharp model with all its parameters. Buffers, as running statistics, are not among them.</summary>
internal sealed class DiffSharpModel : ModelParameters
{
    /// <exception cref="InitException">The models are no tree: one contains itself.</exception>
    internal DiffSharpModel(ModelBase root)
    {
        Name = Code.TypeName(root.GetType());
        var order = new List<Parameter>();
        var sites = new Dictionary<Parameter, List<ParameterSite>>(ReferenceEqualityComparer.Instance);
        foreach (ParameterSite site in ModelWalk.From(root).SelectMany(SitesOf))
        {
            if (!sites.TryGetValue(site.Parameter, out List<ParameterSite>? known))
            {
                order.Add(site.Parameter);
                sites[site.Parameter] = known = [];
            }

            known.Add(site);
        }

        Stores = [.. order.Select(parameter => Store(parameter, sites[parameter]))];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterStore> Stores { get; }

    /// <inheritdoc/>
    public override (Shape Shape, double[] Values)? ReadValues(object source) => TensorValues.Read(source);

    private static IEnumerable<ParameterSite> SitesOf(ModelPlace place)
    {
        IReadOnlyList<(string Name, Parameter Parameter)> own = OwnParameters.Of(place.Model);
        var shapes = own.ToDictionary(entry => entry.Name, entry => TensorValues.ShapeOf(entry.Parameter.value));
        foreach ((string name, Parameter parameter) in own)
        {
            Shape shape = shapes[name];
            Shape? weight = ParameterName.RoleOf(name) != ParamRole.Bias || shape.Rank >= 2
                ? shape
                : ParameterName.WeightsFor(name).Select(shapes.GetValueOrDefault).FirstOrDefault(found => found is not null);
            yield return new(place, name, parameter, weight);
        }
    }

    /// <summary>A matrix that lies transposed for one of the models that share it does so for all of them.</summary>
    private static DiffSharpParameterStore Store(Parameter parameter, List<ParameterSite> sites)
    {
        bool transposed = parameter.value.dim == 2 && sites.Exists(site => Layer.Of(site.Place.Model).Transposed);
        ParamSpec[] specs = [.. sites.Select(site => ParameterDescription.Of(site, transposed))];
        return new(specs[0], specs[1..], parameter);
    }
}
