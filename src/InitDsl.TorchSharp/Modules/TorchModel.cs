using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>A TorchSharp module with all its parameters, and apart from them the buffers that are saved with them.</summary>
internal sealed class TorchModel : ModelParameters
{
    private readonly Type rootType;
    private readonly Lazy<IReadOnlyList<ParameterStore>> buffers;

    /// <param name="root">The model.</param>
    /// <param name="found">What is known to be wrong with it already.</param>
    /// <exception cref="InitException">The modules are no tree: one contains itself.</exception>
    internal TorchModel(nn.Module root, IReadOnlyList<Diagnostic>? found = null)
    {
        rootType = root.GetType();
        Name = Code.TypeName(rootType);
        var sites = new List<ParameterSite>();
        var findings = new List<Diagnostic>(found ?? []);
        IReadOnlyList<ModulePlace> places = ModuleWalk.From(root);
        DeferredModel.TakeOverNew(places);
        foreach (ModulePlace place in places)
        {
            Add(place, sites, findings);
        }

        string[] ordinary =
        [
            .. places.Where(place => DeferredModel.IsBuiltOrdinarily(place.Module))
                .Select(place => $"{place.Path} ({Code.TypeName(place.Module.GetType())})".TrimStart()),
        ];
        if (ordinary.Length > 0)
        {
            findings.Add(Findings.BuiltOrdinarily(ordinary));
        }

        Stores = SharedMemory.Stores(sites);
        buffers = new(() => SharedMemory.Stores([.. places.SelectMany(BuffersOf)]));
        Diagnostics = findings;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterStore> Stores { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterStore> Buffers => buffers.Value;

    /// <inheritdoc/>
    public override IReadOnlyList<Diagnostic> Diagnostics { get; }

    internal override string ShowsParameters => "a module of your own shows them after RegisterComponents()";

    /// <inheritdoc/>
    public override (Shape Shape, double[] Values)? ReadValues(object source) => TensorValues.Read(source);

    /// <inheritdoc/>
    public override TorchGenerator? StartTorchGenerator(long seed) => new TorchSharpGenerator(seed);

    /// <summary>TorchSharp's modules, and those of the assembly that the model's own type is in.</summary>
    public override IEnumerable<Type> KnownModuleTypes =>
        typeof(Linear).Assembly.GetTypes().Where(type => type.IsPublic).Concat(rootType.Assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(nn.Module)));

    private static IEnumerable<ParameterSite> BuffersOf(ModulePlace place)
    {
        foreach ((string name, Tensor tensor) in OwnBuffers.Persistent(place.Module))
        {
            var layout = TensorLayout.Of(tensor);
            yield return new(place.Module, name, tensor, layout, new()
            {
                ModulePath = place.Path,
                Name = RegisteredName.Plain(name),
                ModuleType = place.Module.GetType(),
                Role = ParamRole.Buffer,
                Shape = layout.Shape,

                // What has no counterpart in the core is refused by its store, whatever stands here.
                DType = ElementTypes.Of(layout.Type) ?? DType.Float32,
                Node = place.Node,
            });
        }
    }

    private static void Add(ModulePlace place, List<ParameterSite> sites, List<Diagnostic> findings)
    {
        IReadOnlyList<(string Name, Parameter Tensor)> own = OwnParameters.Of(place.Module);
        if (own.Count == 0)
        {
            return;
        }

        IReadOnlyList<(string Name, Parameter Tensor)> alive = own;
        if (own.Any(parameter => parameter.Tensor.IsInvalid))
        {
            alive = [.. own.Where(parameter => !parameter.Tensor.IsInvalid)];

            // TorchSharp's enumerations pass over these without a word, and so would every rule.
            string names = string.Join(", ", own.Where(parameter => parameter.Tensor.IsInvalid).Select(parameter => parameter.Name));
            findings.Add(Findings.ParametersVanished(place.Path, Code.TypeName(place.Module.GetType()), names));
        }

        var layouts = new TensorLayout[alive.Count];
        var shapes = new NamedShapes(alive.Count);
        for (int i = 0; i < layouts.Length; i++)
        {
            layouts[i] = TensorLayout.Of(alive[i].Tensor);
            shapes.Add(RegisteredName.Plain(alive[i].Name), layouts[i].Shape);
        }

        var description = new ParameterDescription(place, shapes);
        for (int i = 0; i < layouts.Length; i++)
        {
            (string name, Parameter tensor) = alive[i];
            ParamSpec spec = description.Of(RegisteredName.Plain(name), tensor, layouts[i]);
            sites.Add(new(place.Module, name, tensor, layouts[i], spec));
        }
    }
}
