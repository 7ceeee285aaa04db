namespace InitDsl;

/// <summary>Gives the type names of rules that were read from text their meaning in one model.</summary>
internal sealed class TypeBinding
{
    private readonly Type[] used;
    private readonly Type[] ofModel;
    private readonly Lazy<Type[]> known;
    private readonly List<Diagnostic> findings;
    private readonly Dictionary<string, ModuleTypeName> found = [];

    private TypeBinding(ModelParameters model, List<Diagnostic> findings)
    {
        used = [.. Used(model).Distinct()];
        ofModel = [.. used.SelectMany(WithBases).Distinct()];
        known = new(() => [.. ofModel.Concat(model.KnownModuleTypes).Distinct()]);
        this.findings = findings;
    }

    /// <summary>The same rules with types; themselves where they have no names.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="model">The model that they are for.</param>
    /// <param name="findings">Where names go that mean no type, or several.</param>
    internal static RuleSet Bind(RuleSet rules, ModelParameters model, List<Diagnostic> findings)
    {
        // Most rules are written in code: the types of the model are looked at for the others alone.
        TypeBinding? binding = null;
        Rule[]? bound = null;
        for (int i = 0; i < rules.Rules.Count; i++)
        {
            Rule rule = rules.Rules[i];
            if (!rule.Selector.HasTypeNames)
            {
                continue;
            }

            bound ??= [.. rules.Rules];
            bound[i] = rule.Bind(binding ??= new(model, findings));
        }

        return bound is null ? rules : RuleSet.Of((IEnumerable<Rule>)bound);
    }

    /// <summary>The type that a name means; without one the findings say why, and the name means a type of no module.</summary>
    internal ModuleTypeName Of(ModuleTypeName name)
    {
        if (name.Type is not null)
        {
            return name;
        }

        if (!found.TryGetValue(name.Name, out ModuleTypeName? type))
        {
            found[name.Name] = type = Find(name);
        }

        return type;
    }

    private ModuleTypeName Find(ModuleTypeName name)
    {
        // A model's own Linear beside TorchSharp's, which the model does not have, is the one that is meant.
        Type[] meant = [.. ofModel.Where(name.Means)];
        meant = meant.Length > 0 ? meant : [.. known.Value.Where(name.Means)];
        if (meant.Length == 1)
        {
            return new(Code.TypeName(meant[0]), meant[0]);
        }

        findings.Add(meant.Length == 0
            ? Findings.UnknownType(name.Name, Suggested(name.Name), [.. used.Select(Code.TypeName)])
            : Findings.AmbiguousType(name.Name, [.. meant.Select(type => Code.FullTypeName(type))]));
        return new(name.Name, typeof(Unknown));
    }

    private string? Suggested(string name)
    {
        string[] names = [.. known.Value.Select(Code.TypeName).Order(StringComparer.Ordinal)];
        // Some are used to write where a layer is from: nn.Linear.
        string last = Code.ShortTypeName(name);
        return names.Contains(last) ? last : NearestName.Of(last, names);
    }

    private static IEnumerable<Type> Used(ModelParameters model)
    {
        foreach (ParamSpec spec in model.Stores.SelectMany(store => store.Specs))
        {
            if (spec.ModuleType is { } type)
            {
                yield return type;
            }

            for (ModuleNode? node = spec.Node; node is not null; node = node.Parent)
            {
                yield return node.Type;
            }
        }
    }

    private static IEnumerable<Type> WithBases(Type type)
    {
        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            yield return at;
        }

        foreach (Type implemented in type.GetInterfaces())
        {
            yield return implemented;
        }
    }

    /// <summary>What no module is.</summary>
    private static class Unknown;
}
