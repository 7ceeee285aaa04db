namespace InitDsl;

/// <summary>Gives the type names of rules that were read from text their meaning in one model.</summary>
internal sealed class TypeBinding
{
    private readonly Type[] used;
    private readonly Type[] ofModel;
    private readonly Lazy<Type[]> known;
    private readonly List<Diagnostic> findings;
    private readonly Dictionary<string, Type[]> found = [];
    private int unresolved;

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
    /// <param name="unresolved">The numbers of the rules with such names.</param>
    internal static RuleSet Bind(RuleSet rules, ModelParameters model, List<Diagnostic> findings, out IReadOnlyCollection<int> unresolved)
    {
        var wrong = new List<int>();
        unresolved = wrong;

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
            binding ??= new(model, findings);
            int before = binding.unresolved;
            bound[i] = rule.Bind(binding);
            if (binding.unresolved > before)
            {
                wrong.Add(i);
            }
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

        if (!found.TryGetValue(name.Name, out Type[]? meant))
        {
            found[name.Name] = meant = Meant(name);
        }

        if (meant.Length == 1)
        {
            return new(Code.TypeName(meant[0]), meant[0]);
        }

        unresolved++;
        findings.Add(meant.Length == 0
            ? Findings.UnknownType(name, Suggested(name.Name), [.. used.Select(Code.TypeName)])
            : Findings.AmbiguousType(name, [.. meant.Select(type => Code.FullTypeName(type))]));
        return new(name.Name, typeof(Unknown));
    }

    private Type[] Meant(ModuleTypeName name)
    {
        // A model's own Linear beside TorchSharp's, which the model does not have, is the one that is meant.
        Type[] here = [.. ofModel.Where(name.Means)];
        return here.Length > 0 ? here : [.. known.Value.Where(name.Means)];
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
